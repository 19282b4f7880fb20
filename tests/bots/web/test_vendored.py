"""What comes from elsewhere lies here as it came, with its licence."""

from __future__ import annotations

import hashlib

from bots.web.assets import FOLDER

VENDOR = FOLDER / "vendor"


def test_vendored_files_are_the_ones_that_were_checked() -> None:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {
        each.relative_to(VENDOR).as_posix(): each for each in VENDOR.rglob("*") if each.is_file() and each.name != "SHA256SUMS"
    }
    assert listed.keys() == there.keys()
    assert {name: hashlib.sha256(each.read_bytes()).hexdigest() for name, each in there.items()} == listed


def test_each_library_brings_its_licence() -> None:
    folders = [each for each in VENDOR.iterdir() if each.is_dir()]
    assert folders
    assert all("Permission is hereby granted" in (each / "LICENSE").read_text(encoding="utf-8") for each in folders)
