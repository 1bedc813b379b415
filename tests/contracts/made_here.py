"""Makes gaps, a kept list and reports, and tells the hash of each: the same wherever it runs.

python -m tests.contracts.made_here FOLDER      FOLDER is the working directory as well
"""

import hashlib
import json
import sys
from pathlib import Path

from chainmap.cli import main
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world
from chainmap.reports.document_files import Form, document_bytes
from chainmap.reports.gap_records import gap_list
from chainmap.reports.report_material import ReportKind
from chainmap.sources.places import find_city
from tests.reports.report_samples import made_up, report

TARGETS = ("targets", "绍兴", "--chain", "集成电路", "--top", "5", "--save", "甲")
EXPORT = ("snapshots", "export", "甲", "-f", "xlsx", "-o", "a.xlsx")


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of everything made, by what it is.

    Args:
        folder: The working directory, which is empty; the workspace is in it.
    """
    made = gaps() | reports() | snapshot(folder)
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


def gaps() -> dict[str, bytes]:
    """Return what cities' gaps are made from, and the gaps of two."""
    world = load_world()
    options = GapOptions(as_of=world.edition)
    made = {}
    for part in ("presence", "criticality", "chances", "dependence", "density"):
        frame = getattr(world, part)
        made[part] = frame.sort(frame.columns[:2]).write_csv().encode()
    for name in ("绍兴", "宁波"):
        city = find_city(world.cities, name)
        found = gap_list(world, city, find_gaps(world, city, options), options)
        made[f"gaps of {name}"] = found.model_dump_json().encode()
    return made


def reports() -> dict[str, bytes]:
    """Return a made-up report in every form, and one of gaps in two."""
    whole, of_gaps = made_up(), report(ReportKind.GAPS)
    made = {f"made up as {form}": document_bytes(whole, form) for form in Form}
    for form in (Form.HTML, Form.PDF):
        made[f"report of gaps as {form}"] = document_bytes(of_gaps, form)
    return made


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return a kept list as its archive, its name and a workbook."""
    for words in (TARGETS, EXPORT):
        sys.argv = ["chainmap", *words]
        try:
            main()
        except SystemExit as over:
            if over.code:
                raise
    (kept,) = folder.glob("*/snapshots/*.zip")
    return {
        "snapshot": kept.read_bytes(),
        "its name": kept.name.encode(),
        "its workbook": folder.joinpath("a.xlsx").read_bytes(),
    }


if __name__ == "__main__":
    made = hashes(Path(sys.argv[1]))
    print(json.dumps(made))  # noqa: T201
