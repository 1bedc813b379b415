import re
import subprocess
from pathlib import Path

from chainmap.chains.reader import read_taxonomy
from chainmap.concepts.kinds import CiteScope, GapKind, Role, SegmentKind, Stage

ROOT = Path(__file__).parents[2]


def tracked(*patterns):
    done = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_python_file_is_over_400_lines():
    long = {
        file.name: lines
        for file in tracked("*.py", ":!api/client")  # generated, read by nobody
        if (lines := len(file.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_the_root_holds_what_the_house_plan_says():
    allowed = {
        "chainmap", "taxonomy", "models", "api", "data", "tests", "docs", "pyproject.toml",
        "README.md", "README.zh-CN.md", "Makefile", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    }  # fmt: skip
    top = {file.relative_to(ROOT).parts[0] for file in tracked()}
    assert {name for name in top if not name.startswith(".")} == allowed


def test_no_registry_host_or_machine_path_is_named():
    pattern = re.compile("pypi\\.org|pythonhosted|registry\\.npm|/w" + "ork/|/ro" + "ot/")
    texts = tracked("*.py", "*.toml", "*.txt", "*.yml", "*.md", "Makefile", ".ci")
    named = [str(f) for f in texts if f != Path(__file__) and pattern.search(f.read_text("utf-8"))]
    assert named == []


def test_the_glossary_explains_every_closed_word():
    glossary = {term.zh for term in read_taxonomy().glossary[0].terms}
    words = {word.zh for kind in (Stage, GapKind, Role) for word in kind}
    assert words - glossary == set()
    assert all(word.zh for kind in (SegmentKind, CiteScope) for word in kind)


def test_glossary_terms_have_one_meaning_each():
    terms = read_taxonomy().glossary[0].terms
    for column in ("id", "zh", "en"):
        values = [getattr(term, column) for term in terms]
        assert len(set(values)) == len(values), column
