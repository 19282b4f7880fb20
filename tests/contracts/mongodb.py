"""A MongoDB for the tests: the one that `ELEVATE_TEST_MONGODB_URI` names, or SecantusDB in a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

SETTING = "ELEVATE_TEST_MONGODB_URI"
MISSING = f"The Motor half was not run: set {SETTING}, or install SecantusDB (pip install secantusdb)."


def available() -> bool:
    """Whether there is a server to test against."""
    return bool(os.environ.get(SETTING)) or find_spec("secantus") is not None


@contextmanager
def server() -> Iterator[str]:
    """The address of a server, which ends with the block where it was started here."""
    if os.environ.get(SETTING):
        yield os.environ[SETTING]
        return
    folder = tempfile.mkdtemp(prefix="elevate-mongodb-")
    port = _free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "secantus", "--host", "127.0.0.1", "--port", str(port), "--log-level", "ERROR"),
            # Nobody opens again what a killed one kept: it need not write each of the 200 indexes of a record through to the
            # disk (`--sync-on-commit`), for which a story on a busy one waited half a minute.
            *("--storage-path", folder, "--cache-size", "128M"),
        ],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"mongodb://127.0.0.1:{port}/"
    finally:
        process.kill()  # nobody wants what it keeps: an end in order would write that to the disk first
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
