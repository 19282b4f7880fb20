"""What linking asks of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.people.link_model import Link, LinkCode, LinkTries
from core.people.model import Person


class LinkStore(Protocol):
    """Codes, tries, and accounts that become one."""

    async def give_code(self, person: Person, code: LinkCode) -> None:
        """Keep a code for the person, in place of any that they were given before."""
        ...

    async def tries(self, person: Person) -> LinkTries | None:
        """The person's wrong tries, or None."""
        ...

    async def count_try(self, person: Person, seen: LinkTries | None, at: datetime) -> bool:
        """Count one more, or a first one where the last is an hour ago; False where they are not as they were seen any more."""
        ...

    async def uncount_try(self, person: Person) -> None:
        """Take one back: the code was a real one."""
        ...

    async def code(self, person: Person, code_id: str) -> LinkCode | None:
        """The code with this id, whoever was given it, or None. Only somebody who knows the code can ask for it."""
        ...

    async def giver(self, person: Person, code: LinkCode) -> Person | None:
        """The person who was given the code, or None where they are gone."""
        ...

    async def use_code(self, person: Person, code: LinkCode) -> bool:
        """Let the code be used, once; False where somebody else used it."""
        ...

    async def one_account(self, person: Person, code: LinkCode) -> bool:
        """Whether the person and the giver of the code are one account by now."""
        ...

    async def shared(self, person: Person, other: Person) -> bool:
        """Whether the two accounts have a person each in one organization."""
        ...

    async def begin(self, person: Person, link: Link) -> Link:
        """Keep the link; returns the one that is kept for the account that it takes in, which may be another."""
        ...

    async def merge(self, link: Link, at: datetime) -> None:
        """Bring everything of the one account to the other. Repeatable: after a crash it goes on where it broke off."""
        ...

    async def unfinished(self, person: Person) -> Sequence[Link]:
        """The links to the person's account that broke off."""
        ...

    async def due(self, at: datetime, limit: int) -> Sequence[Link]:
        """The links that are not done and whose time has come, the longest due first."""
        ...
