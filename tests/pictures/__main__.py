"""`make pictures`: takes the pictures of the README anew."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import pytest

from bots.log import log_to_stderr
from tests.pictures.taking import take_all

if __name__ == "__main__":
    log_to_stderr("WARNING")
    with tempfile.TemporaryDirectory() as folder:
        try:
            asyncio.run(take_all(Path(folder)))
        except pytest.skip.Exception as missing:
            sys.exit(str(missing))
