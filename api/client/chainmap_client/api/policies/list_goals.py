import datetime
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.goal_register import GoalRegister
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    city: None | str | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    q: None | str | Unset = UNSET,
    plan: None | str | Unset = UNSET,
    in_force: bool | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    cursor: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_city: None | str | Unset
    if isinstance(city, Unset):
        json_city = UNSET
    else:
        json_city = city
    params["city"] = json_city

    json_as_of: None | str | Unset
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    elif isinstance(as_of, datetime.date):
        json_as_of = as_of.isoformat()
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of

    json_q: None | str | Unset
    if isinstance(q, Unset):
        json_q = UNSET
    else:
        json_q = q
    params["q"] = json_q

    json_plan: None | str | Unset
    if isinstance(plan, Unset):
        json_plan = UNSET
    else:
        json_plan = plan
    params["plan"] = json_plan

    json_in_force: bool | None | Unset
    if isinstance(in_force, Unset):
        json_in_force = UNSET
    else:
        json_in_force = in_force
    params["in_force"] = json_in_force

    json_limit: int | None | Unset
    if isinstance(limit, Unset):
        json_limit = UNSET
    else:
        json_limit = limit
    params["limit"] = json_limit

    json_cursor: None | str | Unset
    if isinstance(cursor, Unset):
        json_cursor = UNSET
    else:
        json_cursor = cursor
    params["cursor"] = json_cursor

    json_sort: None | str | Unset
    if isinstance(sort, Unset):
        json_sort = UNSET
    else:
        json_sort = sort
    params["sort"] = json_sort

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/policies/goals",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | GoalRegister | Problem | None:
    if response.status_code == 200:
        response_200 = GoalRegister.from_dict(response.json())

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
) -> Response[Any | GoalRegister | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    city: None | str | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    q: None | str | Unset = UNSET,
    plan: None | str | Unset = UNSET,
    in_force: bool | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    cursor: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
) -> Response[Any | GoalRegister | Problem]:
    """List goals

     Return the quantified goals of plans (目标台账), with where each stands in its document.

    Args:
        city (None | str | Unset): Its own, its counties' and province's
        as_of (datetime.date | None | Unset): Day for plans in force; default: the roster's
        q (None | str | Unset): Part of an indicator
        plan (None | str | Unset): Id of a plan
        in_force (bool | None | Unset): Only what a plan in force names, or the rest
        limit (int | None | Unset): Items of a page; none is all of them
        cursor (None | str | Unset): From `Link: rel=next` of the page before
        sort (None | str | Unset): Fields to sort by, `-` before one for falling order

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | GoalRegister | Problem]
    """

    kwargs = _get_kwargs(
        city=city,
        as_of=as_of,
        q=q,
        plan=plan,
        in_force=in_force,
        limit=limit,
        cursor=cursor,
        sort=sort,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    city: None | str | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    q: None | str | Unset = UNSET,
    plan: None | str | Unset = UNSET,
    in_force: bool | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    cursor: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
) -> Any | GoalRegister | Problem | None:
    """List goals

     Return the quantified goals of plans (目标台账), with where each stands in its document.

    Args:
        city (None | str | Unset): Its own, its counties' and province's
        as_of (datetime.date | None | Unset): Day for plans in force; default: the roster's
        q (None | str | Unset): Part of an indicator
        plan (None | str | Unset): Id of a plan
        in_force (bool | None | Unset): Only what a plan in force names, or the rest
        limit (int | None | Unset): Items of a page; none is all of them
        cursor (None | str | Unset): From `Link: rel=next` of the page before
        sort (None | str | Unset): Fields to sort by, `-` before one for falling order

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | GoalRegister | Problem
    """

    return sync_detailed(
        client=client,
        city=city,
        as_of=as_of,
        q=q,
        plan=plan,
        in_force=in_force,
        limit=limit,
        cursor=cursor,
        sort=sort,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    city: None | str | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    q: None | str | Unset = UNSET,
    plan: None | str | Unset = UNSET,
    in_force: bool | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    cursor: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
) -> Response[Any | GoalRegister | Problem]:
    """List goals

     Return the quantified goals of plans (目标台账), with where each stands in its document.

    Args:
        city (None | str | Unset): Its own, its counties' and province's
        as_of (datetime.date | None | Unset): Day for plans in force; default: the roster's
        q (None | str | Unset): Part of an indicator
        plan (None | str | Unset): Id of a plan
        in_force (bool | None | Unset): Only what a plan in force names, or the rest
        limit (int | None | Unset): Items of a page; none is all of them
        cursor (None | str | Unset): From `Link: rel=next` of the page before
        sort (None | str | Unset): Fields to sort by, `-` before one for falling order

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | GoalRegister | Problem]
    """

    kwargs = _get_kwargs(
        city=city,
        as_of=as_of,
        q=q,
        plan=plan,
        in_force=in_force,
        limit=limit,
        cursor=cursor,
        sort=sort,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    city: None | str | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,
    q: None | str | Unset = UNSET,
    plan: None | str | Unset = UNSET,
    in_force: bool | None | Unset = UNSET,
    limit: int | None | Unset = UNSET,
    cursor: None | str | Unset = UNSET,
    sort: None | str | Unset = UNSET,
) -> Any | GoalRegister | Problem | None:
    """List goals

     Return the quantified goals of plans (目标台账), with where each stands in its document.

    Args:
        city (None | str | Unset): Its own, its counties' and province's
        as_of (datetime.date | None | Unset): Day for plans in force; default: the roster's
        q (None | str | Unset): Part of an indicator
        plan (None | str | Unset): Id of a plan
        in_force (bool | None | Unset): Only what a plan in force names, or the rest
        limit (int | None | Unset): Items of a page; none is all of them
        cursor (None | str | Unset): From `Link: rel=next` of the page before
        sort (None | str | Unset): Fields to sort by, `-` before one for falling order

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | GoalRegister | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            city=city,
            as_of=as_of,
            q=q,
            plan=plan,
            in_force=in_force,
            limit=limit,
            cursor=cursor,
            sort=sort,
        )
    ).parsed
