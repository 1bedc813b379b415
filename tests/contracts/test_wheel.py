import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("taxonomy", "models", "data", "api")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([*pip, "-w", str(folder), str(ROOT)], check=True, env=environment)
    return next(folder.glob("industry_chainmap-*.whl"))


def test_the_wheel_holds_every_tracked_file_and_no_other(wheel):
    command = ["git", "ls-files", "-z", *FOLDERS, "chainmap"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tracked = {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    expected = {
        name if name.startswith("chainmap/") else f"chainmap/_bundled/{name}" for name in tracked
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_wheel_runs_from_another_folder(wheel, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    script = (
        "import sys; sys.argv = 'chainmap targets 绍兴 --chain 集成电路 -f csv'.split();"
        "import chainmap; assert chainmap.__file__.startswith(sys.path[0]), chainmap.__file__;"
        "from chainmap.cli import main; main()"
    )
    run = f"import sys; sys.path.insert(0, {str(site)!r}); {script}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", run], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 21


def test_a_changed_file_in_an_installed_wheel_is_refused(wheel, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    cities = site / "chainmap" / "_bundled" / "data" / "cities" / "cities.csv"
    cities.write_text(cities.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run = (
        f"import sys; sys.path.insert(0, {str(site)!r});"
        "sys.argv = ['chainmap', 'targets', '绍兴']; from chainmap.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", run], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 7
    assert "data/cities/cities.csv" in done.stderr and "不一致" in done.stderr
