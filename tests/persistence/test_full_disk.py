"""A full disk: the person is told, nothing is half written, and the work goes on when there is room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from core.errors import StoreFull


def test_a_full_disk_is_told_of_and_the_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.persistence.filler", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout == f"True True True changed {StoreFull().message}\n"
