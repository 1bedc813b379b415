"""Companies that do not exist, for tests: credit codes with right check digits, small lists."""

import datetime as dt

from chainmap.linkage.intake import Progress, Request, import_companies
from chainmap.sources.intake.credit_code import check_digit
from chainmap.sources.workspace import Workspace

TODAY = dt.date(2026, 1, 1)


def code(number, division="330602"):
    """The made-up credit code of a number."""
    body = f"91{division}MA{number:07d}"
    return body + check_digit(body)


def write_csv(path, rows, encoding="utf-8"):
    """Rows of text as a CSV file, nothing quoted."""
    path.write_bytes("".join(",".join(row) + "\r\n" for row in rows).encode(encoding))
    return path


def run(folder, *files, **wanted):
    """The report of importing files into a workspace folder."""
    request = Request(list(files), TODAY, **wanted)
    return import_companies(Workspace(folder), request, Progress(lambda name, rows: None))


def held(folder, table="companies"):
    """A table of a workspace, by name."""
    return Workspace(folder).scan(table).collect().sort("name", "as_of")
