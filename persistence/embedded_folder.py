"""The data folder: made private, and held by one process at a time."""

from __future__ import annotations

import errno
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from core.errors import StoreFull, StoreInUse, StoreTrouble

RECORD = "elevate.db"
LOCK = "elevate.lock"
LOOKS, LOOK_SECONDS = 3, 0.05
"""So often is tried to lock a folder, and so long waited between: whoever looks whether it is locked holds it for an instant."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder that this process holds until `release`."""

    record: Path
    descriptor: int

    def release(self) -> None:
        """Let another process have the folder."""
        os.close(self.descriptor)


def claim(data_dir: Path) -> Folder:
    """Hold the folder, which is made (mode 0700) with an empty record (mode 0600) where it is not there yet.

    Raises:
        StoreInUse: another process, or this one, holds it.
        StoreTrouble: it cannot be made or written.
        StoreFull: the disk is full.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritable(data_dir, error) from error
    try:
        _claimed(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise StoreInUse(
            f"Another Elevate is already using the data folder {data_dir}. "
            "Close it first, or set ELEVATE_DATA_DIR to another folder."
        ) from error
    try:
        os.close(os.open(data_dir / RECORD, os.O_RDWR | os.O_CREAT, 0o600))
        (data_dir / RECORD).chmod(0o600)
    except OSError as error:
        os.close(descriptor)
        raise unwritable(data_dir, error) from error
    return Folder(data_dir / RECORD, descriptor)


def _claimed(descriptor: int) -> None:
    """Lock it, also where somebody looks this very moment whether it is (`in_use`), as a container's health check does."""
    for left in reversed(range(LOOKS)):
        try:
            _lock(descriptor)
        except OSError:
            if not left:
                raise
            time.sleep(LOOK_SECONDS)
        else:
            return


def in_use(data_dir: Path) -> bool:
    """Whether a process holds the folder now; nothing is made."""
    try:
        descriptor = os.open(data_dir / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def unwritable(data_dir: Path, error: OSError) -> StoreTrouble:
    """What a person is told of a folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull()
    return StoreTrouble(
        f"The data folder {data_dir} cannot be written: {(error.strerror or 'unknown trouble').lower()}. "
        "Give this account the right to write there, or set ELEVATE_DATA_DIR to another folder."
    )


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
