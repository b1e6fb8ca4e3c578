"""What all tests share: where real documents may lie, how properties are tried, and a PostgreSQL server of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

# A slow machine is no failure; in CI the same examples are tried every time.
settings.register_profile("armsledger", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("armsledger")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; nothing of it is kept in this repository."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared documents are not beside the checkout (../shared)")
    return SHARED


# -- PostgreSQL -------------------------------------------------------------------------------------------

NEED_POSTGRESQL = "ARMSLEDGER_NEEDS_POSTGRESQL"
"""Where this is set, a machine without PostgreSQL fails instead of skipping: in CI."""

_DISTRIBUTIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _program(name: str) -> str:
    """The path of one of the server's programs; skips (or fails) where it is not installed."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *map(str, _DISTRIBUTIONS)])
    found = shutil.which(name, path=folders)
    if found is None:
        told = f"PostgreSQL is not installed here: there is no {name} (Debian: apt-get install postgresql)"
        (pytest.fail if os.environ.get(NEED_POSTGRESQL) else pytest.skip)(told)
    return found


def _run(*command: str, folder: Path) -> None:
    """Runs a program as somebody without special rights: the server refuses to be root."""
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, **user)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a database of a PostgreSQL server that the tests start and end, on a socket and not on a port.

    Its own order of text is that of a dictionary, so that a ledger that relied on it would be seen. The user
    ``guarded`` has the password ``open sesame``; ``tester``, who is in the address, needs none.
    """
    pytest.importorskip("psycopg")
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    with TemporaryDirectory(prefix="pg") as name:  # a short path: a socket's may have a hundred characters
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        order = ("--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8")
        _run(initdb, "--pgdata=data", "--username=tester", "--encoding=UTF8", "--no-sync", *order, folder=folder)
        rules = "local all guarded scram-sha-256\nlocal all tester trust\n"
        (folder / "data" / "pg_hba.conf").write_text(rules)
        options = {"listen_addresses": "''", "unix_socket_directories": name, "fsync": "off", "max_connections": "60"}
        told = " ".join(f"-c {key}={value}" for key, value in options.items())
        _run(pg_ctl, "start", "--wait", "--pgdata=data", "--log=log", f"--options={told}", folder=folder)
        try:
            yield f"postgresql://tester@/postgres?host={quote(name, safe='')}"
        finally:
            _run(pg_ctl, "stop", "--mode=immediate", "--pgdata=data", folder=folder)
