"""Files that an answer brings."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bots.terminal.files import keep
from core.request import File


def test_a_file_is_kept_privately_and_named_by_its_path(tmp_path: Path) -> None:
    kept = keep(File("my data.json", "application/json", b"{}"), tmp_path / "files")
    assert kept.name == str(tmp_path / "files" / "my-data.json")
    assert Path(kept.name).read_bytes() == b"{}"
    assert stat.S_IMODE(Path(kept.name).stat().st_mode) == 0o600


def test_a_second_file_of_the_same_name_overwrites_nothing(tmp_path: Path) -> None:
    names = [Path(keep(File("a.txt", "text/plain", str(at).encode()), tmp_path).name).name for at in range(3)]
    assert names == ["a.txt", "a-1.txt", "a-2.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"0"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "", "a/b\\c", "\x00", "x" * 500, ".hidden"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    kept = keep(File(name, "text/plain", b"x"), tmp_path / "files")
    assert Path(kept.name).parent == tmp_path / "files"
    assert [each.name for each in tmp_path.iterdir()] == ["files"]


def test_a_file_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "files").touch()
    assert "could not be kept" in keep(File("a.txt", "text/plain", b""), tmp_path / "files").name
