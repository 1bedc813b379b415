from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.form import Form
from ...models.problem import Problem
from ...models.report_kind import ReportKind
from ...types import UNSET, File, Response, Unset


def _get_kwargs(
    code: str,
    *,
    form: Form | Unset = UNSET,
    kind: ReportKind | Unset = UNSET,
    chain: None | str | Unset = UNSET,
    company: None | str | Unset = UNSET,
    with_: None | str | Unset = UNSET,
    top: int | Unset = 20,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_form: str | Unset = UNSET
    if not isinstance(form, Unset):
        json_form = form.value

    params["form"] = json_form

    json_kind: str | Unset = UNSET
    if not isinstance(kind, Unset):
        json_kind = kind.value

    params["kind"] = json_kind

    json_chain: None | str | Unset
    if isinstance(chain, Unset):
        json_chain = UNSET
    else:
        json_chain = chain
    params["chain"] = json_chain

    json_company: None | str | Unset
    if isinstance(company, Unset):
        json_company = UNSET
    else:
        json_company = company
    params["company"] = json_company

    json_with_: None | str | Unset
    if isinstance(with_, Unset):
        json_with_ = UNSET
    else:
        json_with_ = with_
    params["with"] = json_with_

    params["top"] = top

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
        "url": "/v1/cities/{code}/report".format(
            code=quote(str(code), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File | Problem | None:
    if response.status_code == 200:
        response_200 = File(payload=BytesIO(response.content))

        return response_200

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[File | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    code: str,
    *,
    client: AuthenticatedClient,
    form: Form | Unset = UNSET,
    kind: ReportKind | Unset = UNSET,
    chain: None | str | Unset = UNSET,
    company: None | str | Unset = UNSET,
    with_: None | str | Unset = UNSET,
    top: int | Unset = 20,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> Response[File | Problem]:
    """Get report

     Return a city's report as a file; the same snapshot gives the same bytes.

    Who took it stands in the audit log.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        form (Form | Unset): What a report is written as; the value is the end of the file's name.
        kind (ReportKind | Unset): What a report is about.
        chain (None | str | Unset): Chain id or name
        company (None | str | Unset): Of a profile: name, short name, stock code
        with_ (None | str | Unset): Of a comparison: second city
        top (int | Unset): Gaps and targets in the text Default: 20.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File | Problem]
    """

    kwargs = _get_kwargs(
        code=code,
        form=form,
        kind=kind,
        chain=chain,
        company=company,
        with_=with_,
        top=top,
        as_of=as_of,
        include_expired=include_expired,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    code: str,
    *,
    client: AuthenticatedClient,
    form: Form | Unset = UNSET,
    kind: ReportKind | Unset = UNSET,
    chain: None | str | Unset = UNSET,
    company: None | str | Unset = UNSET,
    with_: None | str | Unset = UNSET,
    top: int | Unset = 20,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> File | Problem | None:
    """Get report

     Return a city's report as a file; the same snapshot gives the same bytes.

    Who took it stands in the audit log.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        form (Form | Unset): What a report is written as; the value is the end of the file's name.
        kind (ReportKind | Unset): What a report is about.
        chain (None | str | Unset): Chain id or name
        company (None | str | Unset): Of a profile: name, short name, stock code
        with_ (None | str | Unset): Of a comparison: second city
        top (int | Unset): Gaps and targets in the text Default: 20.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File | Problem
    """

    return sync_detailed(
        code=code,
        client=client,
        form=form,
        kind=kind,
        chain=chain,
        company=company,
        with_=with_,
        top=top,
        as_of=as_of,
        include_expired=include_expired,
    ).parsed


async def asyncio_detailed(
    code: str,
    *,
    client: AuthenticatedClient,
    form: Form | Unset = UNSET,
    kind: ReportKind | Unset = UNSET,
    chain: None | str | Unset = UNSET,
    company: None | str | Unset = UNSET,
    with_: None | str | Unset = UNSET,
    top: int | Unset = 20,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> Response[File | Problem]:
    """Get report

     Return a city's report as a file; the same snapshot gives the same bytes.

    Who took it stands in the audit log.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        form (Form | Unset): What a report is written as; the value is the end of the file's name.
        kind (ReportKind | Unset): What a report is about.
        chain (None | str | Unset): Chain id or name
        company (None | str | Unset): Of a profile: name, short name, stock code
        with_ (None | str | Unset): Of a comparison: second city
        top (int | Unset): Gaps and targets in the text Default: 20.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File | Problem]
    """

    kwargs = _get_kwargs(
        code=code,
        form=form,
        kind=kind,
        chain=chain,
        company=company,
        with_=with_,
        top=top,
        as_of=as_of,
        include_expired=include_expired,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    code: str,
    *,
    client: AuthenticatedClient,
    form: Form | Unset = UNSET,
    kind: ReportKind | Unset = UNSET,
    chain: None | str | Unset = UNSET,
    company: None | str | Unset = UNSET,
    with_: None | str | Unset = UNSET,
    top: int | Unset = 20,
    as_of: None | str | Unset = UNSET,
    include_expired: bool | Unset = False,
) -> File | Problem | None:
    """Get report

     Return a city's report as a file; the same snapshot gives the same bytes.

    Who took it stands in the audit log.

    Args:
        code (str): 绍兴, 绍兴市, Shaoxing or 330600
        form (Form | Unset): What a report is written as; the value is the end of the file's name.
        kind (ReportKind | Unset): What a report is about.
        chain (None | str | Unset): Chain id or name
        company (None | str | Unset): Of a profile: name, short name, stock code
        with_ (None | str | Unset): Of a comparison: second city
        top (int | Unset): Gaps and targets in the text Default: 20.
        as_of (None | str | Unset): Day for plans in force, YYYY-MM-DD; companies founded in a
            later year do not count; default: the roster's
        include_expired (bool | Unset): Let plans whose period is over drive the score Default:
            False.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File | Problem
    """

    return (
        await asyncio_detailed(
            code=code,
            client=client,
            form=form,
            kind=kind,
            chain=chain,
            company=company,
            with_=with_,
            top=top,
            as_of=as_of,
            include_expired=include_expired,
        )
    ).parsed
