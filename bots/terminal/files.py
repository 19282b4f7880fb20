"""Files that an answer brings: a terminal cannot show them, so they are kept in a folder and named by their path."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import structlog

from core.request import File

log = structlog.get_logger()


def keep(file: File, folder: Path) -> File:
    """Write the file under a name that is free; returns it named by its whole path, or by what went wrong."""
    safe = re.sub(r"[^\w.-]+", "-", file.name).strip(".-")[:80] or "file"
    stem, dot, ending = safe.rpartition(".")
    names = (safe if not n else f"{stem}-{n}.{ending}" if dot else f"{safe}-{n}" for n in range(1000))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            try:
                descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with open(descriptor, "wb") as target:
                target.write(file.content)
            return replace(file, name=str(folder / name))
    except OSError as trouble:
        log.warning("file not kept", error=type(trouble).__name__, errno=trouble.errno)
        return replace(file, name=f"{file.name} (could not be kept in {folder}: {trouble.strerror})")
    return replace(file, name=f"{file.name} (could not be kept: {folder} is full of files of that name)")
