from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.approval_asked import ApprovalAsked
from ...models.catalogue_version import CatalogueVersion
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    code: str,
    version: str,
    *,
    body: ApprovalAsked,
    idempotency_key: None | str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["idempotency-key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/cities/{code}/catalogue/versions/{version}/approval".format(
            code=quote(str(code), safe=""),
            version=quote(str(version), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CatalogueVersion | Problem | None:
    if response.status_code == 201:
        response_201 = CatalogueVersion.from_dict(response.json())

        return response_201

    if response.status_code == 400:
        response_400 = Problem.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

    if response.status_code == 406:
        response_406 = Problem.from_dict(response.json())

        return response_406

    if response.status_code == 408:
        response_408 = Problem.from_dict(response.json())

        return response_408

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 410:
        response_410 = Problem.from_dict(response.json())

        return response_410

    if response.status_code == 413:
        response_413 = Problem.from_dict(response.json())

        return response_413

    if response.status_code == 415:
        response_415 = Problem.from_dict(response.json())

        return response_415

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

    if response.status_code == 504:
        response_504 = Problem.from_dict(response.json())

        return response_504

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CatalogueVersion | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    code: str,
    version: str,
    *,
    client: AuthenticatedClient,
    body: ApprovalAsked,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[CatalogueVersion | Problem]:
    """Approve catalogue

     Approve a draft: it becomes the next version of its year and is in use from now on.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        version (str):
        idempotency_key (None | str | Unset): A repeated request with the same key is answered as
            before, not done again
        body (ApprovalAsked): An approval (审定): who, when, why, and what it takes the place of.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CatalogueVersion | Problem]
    """

    kwargs = _get_kwargs(
        code=code,
        version=version,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    code: str,
    version: str,
    *,
    client: AuthenticatedClient,
    body: ApprovalAsked,
    idempotency_key: None | str | Unset = UNSET,
) -> CatalogueVersion | Problem | None:
    """Approve catalogue

     Approve a draft: it becomes the next version of its year and is in use from now on.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        version (str):
        idempotency_key (None | str | Unset): A repeated request with the same key is answered as
            before, not done again
        body (ApprovalAsked): An approval (审定): who, when, why, and what it takes the place of.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CatalogueVersion | Problem
    """

    return sync_detailed(
        code=code,
        version=version,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    code: str,
    version: str,
    *,
    client: AuthenticatedClient,
    body: ApprovalAsked,
    idempotency_key: None | str | Unset = UNSET,
) -> Response[CatalogueVersion | Problem]:
    """Approve catalogue

     Approve a draft: it becomes the next version of its year and is in use from now on.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        version (str):
        idempotency_key (None | str | Unset): A repeated request with the same key is answered as
            before, not done again
        body (ApprovalAsked): An approval (审定): who, when, why, and what it takes the place of.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CatalogueVersion | Problem]
    """

    kwargs = _get_kwargs(
        code=code,
        version=version,
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    code: str,
    version: str,
    *,
    client: AuthenticatedClient,
    body: ApprovalAsked,
    idempotency_key: None | str | Unset = UNSET,
) -> CatalogueVersion | Problem | None:
    """Approve catalogue

     Approve a draft: it becomes the next version of its year and is in use from now on.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        version (str):
        idempotency_key (None | str | Unset): A repeated request with the same key is answered as
            before, not done again
        body (ApprovalAsked): An approval (审定): who, when, why, and what it takes the place of.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CatalogueVersion | Problem
    """

    return (
        await asyncio_detailed(
            code=code,
            version=version,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
