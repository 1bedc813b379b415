from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.chain_record import ChainRecord
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    chain: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/chains/{chain}".format(
            chain=quote(str(chain), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | ChainRecord | Problem | None:
    if response.status_code == 200:
        response_200 = ChainRecord.from_dict(response.json())

        return response_200

    if response.status_code == 304:
        response_304 = cast(Any, None)
        return response_304

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
) -> Response[Any | ChainRecord | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    chain: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any | ChainRecord | Problem]:
    """Get chain

     Return one chain with its segments (环节), by id, name or alias.

    Args:
        chain (str): Chain id, name or alias

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ChainRecord | Problem]
    """

    kwargs = _get_kwargs(
        chain=chain,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    chain: str,
    *,
    client: AuthenticatedClient,
) -> Any | ChainRecord | Problem | None:
    """Get chain

     Return one chain with its segments (环节), by id, name or alias.

    Args:
        chain (str): Chain id, name or alias

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ChainRecord | Problem
    """

    return sync_detailed(
        chain=chain,
        client=client,
    ).parsed


async def asyncio_detailed(
    chain: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any | ChainRecord | Problem]:
    """Get chain

     Return one chain with its segments (环节), by id, name or alias.

    Args:
        chain (str): Chain id, name or alias

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | ChainRecord | Problem]
    """

    kwargs = _get_kwargs(
        chain=chain,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    chain: str,
    *,
    client: AuthenticatedClient,
) -> Any | ChainRecord | Problem | None:
    """Get chain

     Return one chain with its segments (环节), by id, name or alias.

    Args:
        chain (str): Chain id, name or alias

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | ChainRecord | Problem
    """

    return (
        await asyncio_detailed(
            chain=chain,
            client=client,
        )
    ).parsed
