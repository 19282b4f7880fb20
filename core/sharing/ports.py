"""What sharing asks of the record."""

from __future__ import annotations

from typing import Protocol

from core.sharing.model import Shown


class ShownStore(Protocol):
    """What people were shown, each by the platform account that saw it."""

    async def add(self, shown: Shown) -> None:
        """Keep what has a new id.

        Raises:
            AlreadyThere: something goes by it.
        """
        ...

    async def keep(self, shown: Shown) -> None:
        """Keep it; where its id is there already for the same account, in place of that.

        Raises:
            AlreadyThere: the id is another account's.
        """
        ...

    async def find(self, identity: str, shown_id: str) -> Shown | None:
        """What this very account was shown, or None."""
        ...
