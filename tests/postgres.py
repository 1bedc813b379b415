"""A throw-away PostgreSQL for the tests: started once, a fresh database for each test."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

MISSING = (
    "needs PostgreSQL: set CHAINMAP_TEST_POSTGRES to the address of a server whose databases may "
    "be made and dropped, or install Debian's postgresql"
)


def binaries():
    """The folder of initdb and pg_ctl; None where there is none."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


def _user():
    """Somebody who is not root, because PostgreSQL refuses to run as root; None is ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


@contextlib.contextmanager
def server():
    """Yield the address (without database) of a server that is gone afterwards."""
    given = os.environ.get("CHAINMAP_TEST_POSTGRES")
    if given:
        yield given.rstrip("/")
        return
    place = binaries()
    if place is None:
        pytest.skip(MISSING)
    # The path of a socket holds a hundred characters.
    at = tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="cm-pg-", dir=at))
    user = _user()
    try:
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"
        run = {"check": True, "capture_output": True, "user": user, "cwd": folder}
        auth = ["-A", "trust", "-U", "chainmap", "--no-sync", "-E", "UTF8"]
        subprocess.run([place / "initdb", "-D", data, *auth], **run)
        # A socket in our own folder, no port: nothing else can meet it, and two may run at once.
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=50"
        start = ["-D", data, "-l", folder / "log", "-o", options, "-w", "start"]
        subprocess.run([place / "pg_ctl", *start], **run, stdin=subprocess.DEVNULL)
        with _gone_with_us(place, folder, user):
            yield f"postgresql://chainmap@/{{database}}?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _gone_with_us(place, folder, user):
    """Stop the server at the end, also when the tests are killed.

    A shell waits for its input to close, which the system does for a killed process too.
    """
    stop = 'cat >/dev/null; "$0/pg_ctl" -D "$1/data" -m immediate stop; rm -rf "$1"'
    watching = subprocess.Popen(
        ["sh", "-c", stop, place, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=user,
        cwd="/",
        start_new_session=True,
    )
    try:
        yield
    finally:
        watching.stdin.close()
        watching.wait()


def address(of_server, database):
    """The address of one database of a server."""
    if "{database}" in of_server:
        return of_server.format(database=database)
    return f"{of_server}/{database}"


@contextlib.contextmanager
def database(of_server, name, template="template1"):
    """Yield the address of a fresh database: an empty one, or a copy of another."""
    with psycopg.connect(address(of_server, "postgres"), autocommit=True) as admin:
        # As up to release 14, without a log of it: nobody needs the copy after a crash.
        how = "STRATEGY FILE_COPY" if admin.info.server_version >= 150000 else ""
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {how}')
    try:
        yield address(of_server, name)
    finally:
        with psycopg.connect(address(of_server, "postgres"), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
