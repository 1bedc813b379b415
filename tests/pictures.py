"""`make pictures`: draw the pages shown in the documentation, and the Excel list of the READMEs."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tests.server.browsing import chromium
from tests.server.running import running

FOLDER = Path(__file__).resolve().parents[1] / "docs/pictures"
CITY = "/cities/330600"
WORKBOOK = ("targets", "绍兴", "--chain", "集成电路", "--top", "20", "--format", "xlsx", "--out")


class Shown(NamedTuple):
    """A picture: the page, and the window it is seen in."""

    name: str
    path: str
    width: int = 1366
    height: int = 900


PAGES = (
    Shown("page-city", CITY, height=850),
    Shown("page-phone", CITY, 390, 844),
    Shown("page-panorama", f"{CITY}/chains/integrated-circuits", height=790),
    Shown("page-targets", f"{CITY}/targets?chain=integrated-circuits", height=870),
    Shown("page-why", f"{CITY}/companies/{quote('长电科技')}/why?chain=integrated-circuits"),
    Shown("page-evaluation", "/evaluation"),
)


def main() -> None:
    """Draw all of them anew; needs the distribution's chromium, Writer's Calc and pdftoppm."""
    with tempfile.TemporaryDirectory(prefix="cm-pictures-") as made:
        folder = Path(made)
        with running(folder) as server, chromium() as browser:
            for shown in PAGES:
                size = {"width": shown.width, "height": shown.height}
                page = browser.new_page(viewport=size, locale="zh-CN")
                answer = page.goto(f"http://127.0.0.1:{server.port}{shown.path}")
                assert answer is not None and answer.ok, f"{shown.path}: {answer}"
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / f"{shown.name}.png")
                page.close()
            server.command(*WORKBOOK, str(folder / "targets.xlsx"))
        draw_workbook(folder / "targets.xlsx")


def draw_workbook(file: Path) -> None:
    """Draw the top of a workbook's first sheet as it comes out on paper."""
    office = ["soffice", f"-env:UserInstallation=file://{file.parent}/office", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", file.parent, file],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    cut = ["-f", "1", "-singlefile", "-scale-to-x", "1330", "-scale-to-y", "-1", "-H", "600"]
    pdf = file.with_suffix(".pdf")
    subprocess.run(["pdftoppm", "-png", *cut, pdf, FOLDER / file.stem], check=True)


if __name__ == "__main__":
    main()
