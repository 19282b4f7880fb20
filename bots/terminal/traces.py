"""What the terminal keeps of a person by itself: the lines that they typed, and the files that answers brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from bots.terminal.who import account

log = structlog.get_logger()

HISTORY, FILES = "history", "files"
"""Their names in the data folder."""
EXPORTS = "elevate-*.zip"
"""Copies of their data that people asked for, so that they are theirs, and are not erased with it."""


class TerminalTraces:
    """Implements `core.privacy.ports.Traces` for the data folder of the account that runs this program."""

    def __init__(self, data_dir: Path) -> None:
        self._history = data_dir / HISTORY
        self._files = data_dir / FILES

    async def erase(self, identities: Sequence[str]) -> str:
        """Empty the history, which may be open, and remove the files but for exports."""
        if account().identity not in identities:
            return ""
        try:
            if self._history.is_file():
                self._history.write_bytes(b"")
            for each in self._saved():
                each.unlink(missing_ok=True)
        except OSError as trouble:
            log.error("traces not erased", errno=trouble.errno)
            return f"{trouble.filename} could not be erased: {trouble.strerror}. Please delete it yourself."
        told = "The lines typed at this terminal are erased too, and so are the files that were kept beside them."
        exports = [each.name for each in sorted(self._files.glob(EXPORTS))]
        if exports:
            told += f" Copies of all data that were asked for stay: {', '.join(exports)} in {self._files}."
        return told

    def _saved(self) -> Iterator[Path]:
        exports = set(self._files.glob(EXPORTS))
        return (each for each in self._files.glob("*") if each not in exports and each.is_file())
