"""Project lists made up for tests, and what imports them."""

import csv
import datetime as dt
from pathlib import Path

from chainmap.catalogue.projects_import import ProjectReport, ProjectRequest, import_projects
from chainmap.concepts.project_records import ProjectRecord
from chainmap.sources.workspace import Workspace

TODAY = dt.date(2026, 11, 21)
HEADER = ["项目名称", "投资方", "意向城市", "主要产品", "总投资（万元）", "用地（亩）", "项目阶段"]


def row(name, sponsor="某某传动科技有限公司", **cells):
    plain = {
        "项目名称": name, "投资方": sponsor, "意向城市": "绍兴市", "主要产品": "谐波减速器",
        "总投资（万元）": "50000", "用地（亩）": "60", "项目阶段": "签约",
    }  # fmt: skip
    return [str((plain | cells).get(column, "")) for column in HEADER]


def write_list(file: Path, rows, header=HEADER) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([header, *rows])
    return file


def run(folder: Path, *files: Path, as_of=None, scratch=None) -> ProjectReport:
    return import_projects(Workspace(folder, scratch), ProjectRequest(files, TODAY, as_of))


def tally(entry):
    return entry.rows, entry.accepted, entry.repaired, entry.merged, entry.rejected


def project(number=1, **facts) -> ProjectRecord:
    plain = {"id": f"p-{number}", "name": f"第{number}个项目", "investment_currency": "CNY"}
    return ProjectRecord.model_validate(plain | facts)
