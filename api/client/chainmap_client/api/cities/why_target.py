from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.why_record import WhyRecord
from ...types import UNSET, Response, Unset


def _get_kwargs(
    code: str,
    company: str,
    *,
    chain: None | str | Unset = UNSET,
    segment: None | str | Unset = UNSET,
    top: int | Unset = 20,
    per_segment: int | Unset = 3,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_chain: None | str | Unset
    if isinstance(chain, Unset):
        json_chain = UNSET
    else:
        json_chain = chain
    params["chain"] = json_chain

    json_segment: None | str | Unset
    if isinstance(segment, Unset):
        json_segment = UNSET
    else:
        json_segment = segment
    params["segment"] = json_segment

    params["top"] = top

    params["per_segment"] = per_segment

    json_as_of: None | str | Unset
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of

    params["include_expired"] = include_expired

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/cities/{code}/targets/{company}/why".format(
            code=quote(str(code), safe=""),
            company=quote(str(company), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | Problem | WhyRecord | None:
    if response.status_code == 200:
        response_200 = WhyRecord.from_dict(response.json())

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
) -> Response[Any | Problem | WhyRecord]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    code: str,
    company: str,
    *,
    client: AuthenticatedClient,
    chain: None | str | Unset = UNSET,
    segment: None | str | Unset = UNSET,
    top: int | Unset = 20,
    per_segment: int | Unset = 3,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> Response[Any | Problem | WhyRecord]:
    """Why target

     Return why a company stands where it does on a city's list, with evidence and citations.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        company (str): Name, short name, id or stock code
        chain (None | str | Unset): Chain id or name
        segment (None | str | Unset): Segment id or name
        top (int | Unset): Length of the list that is asked about Default: 20.
        per_segment (int | Unset): Most companies for one segment Default: 3.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem | WhyRecord]
    """

    kwargs = _get_kwargs(
        code=code,
        company=company,
        chain=chain,
        segment=segment,
        top=top,
        per_segment=per_segment,
        as_of=as_of,
        include_expired=include_expired,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    code: str,
    company: str,
    *,
    client: AuthenticatedClient,
    chain: None | str | Unset = UNSET,
    segment: None | str | Unset = UNSET,
    top: int | Unset = 20,
    per_segment: int | Unset = 3,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> Any | Problem | WhyRecord | None:
    """Why target

     Return why a company stands where it does on a city's list, with evidence and citations.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        company (str): Name, short name, id or stock code
        chain (None | str | Unset): Chain id or name
        segment (None | str | Unset): Segment id or name
        top (int | Unset): Length of the list that is asked about Default: 20.
        per_segment (int | Unset): Most companies for one segment Default: 3.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem | WhyRecord
    """

    return sync_detailed(
        code=code,
        company=company,
        client=client,
        chain=chain,
        segment=segment,
        top=top,
        per_segment=per_segment,
        as_of=as_of,
        include_expired=include_expired,
    ).parsed


async def asyncio_detailed(
    code: str,
    company: str,
    *,
    client: AuthenticatedClient,
    chain: None | str | Unset = UNSET,
    segment: None | str | Unset = UNSET,
    top: int | Unset = 20,
    per_segment: int | Unset = 3,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> Response[Any | Problem | WhyRecord]:
    """Why target

     Return why a company stands where it does on a city's list, with evidence and citations.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        company (str): Name, short name, id or stock code
        chain (None | str | Unset): Chain id or name
        segment (None | str | Unset): Segment id or name
        top (int | Unset): Length of the list that is asked about Default: 20.
        per_segment (int | Unset): Most companies for one segment Default: 3.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem | WhyRecord]
    """

    kwargs = _get_kwargs(
        code=code,
        company=company,
        chain=chain,
        segment=segment,
        top=top,
        per_segment=per_segment,
        as_of=as_of,
        include_expired=include_expired,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    code: str,
    company: str,
    *,
    client: AuthenticatedClient,
    chain: None | str | Unset = UNSET,
    segment: None | str | Unset = UNSET,
    top: int | Unset = 20,
    per_segment: int | Unset = 3,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> Any | Problem | WhyRecord | None:
    """Why target

     Return why a company stands where it does on a city's list, with evidence and citations.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        company (str): Name, short name, id or stock code
        chain (None | str | Unset): Chain id or name
        segment (None | str | Unset): Segment id or name
        top (int | Unset): Length of the list that is asked about Default: 20.
        per_segment (int | Unset): Most companies for one segment Default: 3.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem | WhyRecord
    """

    return (
        await asyncio_detailed(
            code=code,
            company=company,
            client=client,
            chain=chain,
            segment=segment,
            top=top,
            per_segment=per_segment,
            as_of=as_of,
            include_expired=include_expired,
        )
    ).parsed
