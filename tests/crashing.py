"""A record whose program dies before a chosen write: to show that what broke off is finished by doing it again."""

from __future__ import annotations

from persistence.documents import Database
from tests.passing import Operation, Passing


class Died(Exception):
    """The program ended here."""


class Crashing(Passing):
    """The database behind it, until so many writes are made."""

    def __init__(self, behind: Database, writes: int) -> None:
        super().__init__(behind)
        self.left = writes

    def before(self, operation: Operation) -> None:
        """Count a write, and die where there are no more."""
        if not operation.writes:
            return
        if self.left == 0:
            raise Died()
        self.left -= 1
