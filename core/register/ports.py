"""What the register asks of the world around it."""

from __future__ import annotations

from typing import Protocol

from core.kpis.imports.grid import Grid
from core.request import Address, File


class Tables(Protocol):
    """Opens files where a bad one does no harm."""

    async def tables_in(self, content: bytes) -> tuple[Grid, ...]:
        """The tables of a file.

        Raises:
            NoTable: it cannot be read.
        """
        ...


class SentFiles(Protocol):
    """Where the files are that people send."""

    async def fetch(self, address: Address, file: File) -> File:
        """The file with its content, from the platform on which it was sent there.

        Raises:
            Trouble: it cannot be got; says what to do.
        """
        ...
