import subprocess
import sys

HEAVY = ("polars", "pandas", "lightgbm", "sklearn", "networkx", "fastapi", "yaml", "pydantic")


def loaded_after(code):
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    assert not loaded_after("import chainmap") & set(HEAVY)


def test_help_loads_nothing_heavy():
    code = (
        "sys.argv = ['chainmap', '--help']\nimport contextlib, io\nfrom chainmap.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): main()"
    )
    assert not loaded_after(code) & set(HEAVY)
