"""Pictures that were drawn, on disk: shared by all processes of a data folder, bounded, and gone after a day."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

BYTES_AT_MOST = 50_000_000
KEPT_FOR = timedelta(days=1)
"""Pictures show what people earn: nobody who leaves is to be found here for longer."""
END_OF_PNG = b"IEND\xaeB`\x82"


class Shelf:
    """A folder of pictures, by the names of what they show. All of it blocks: it is asked in a thread.

    What is written appears whole or not at all, so that any number of processes may read and write.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], bytes_at_most: int = BYTES_AT_MOST) -> None:
        self.fonts = folder
        self._folder = folder / "pictures"
        self._now = now
        self._bytes_at_most = bytes_at_most

    def find(self, name: str) -> bytes | None:
        """The picture, where it is there and whole."""
        try:
            picture = self._path(name).read_bytes()
        except OSError:
            return None
        return picture if picture.endswith(END_OF_PNG) else None

    def keep(self, name: str, picture: bytes) -> None:
        """Keep the picture, to be read by nobody but us.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(picture)
            Path(path).replace(self._path(name))
        except OSError:
            Path(path).unlink(missing_ok=True)
            raise

    def sweep(self) -> int:
        """Take away what is too old, and the oldest of what is too much; returns how many files went."""
        oldest_kept, left, gone = (self._now() - KEPT_FOR).timestamp(), self._bytes_at_most, 0
        for changed, size, path in sorted(self._files(), reverse=True):
            left -= size
            if changed < oldest_kept or left < 0:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                with suppress(FileNotFoundError):  # another process has swept it
                    about = path.stat()
                    found.append((about.st_mtime, about.st_size, path))
        return found

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.png"
