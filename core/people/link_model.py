"""Codes by which two accounts are linked, and the links themselves."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from core.record import Kept

ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
"""Capitals and digits of which no two look alike: without 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V together."""
LENGTH = 8
VALID = timedelta(minutes=10)
TRIES = 5
BLOCKED = timedelta(hours=1)
SETTLING = timedelta(minutes=15)
"""How long after a link what was under way on the old account may still be written; then it is carried over too."""


class LinkCode(Kept):
    """A code that a person was given. The code itself is not kept: `_id` is made of its keyed hash."""

    user_id: str
    person_id: str
    organization_id: str
    created_at: datetime
    expires_at: datetime
    used_by: str | None = None


class LinkTries(Kept):
    """How often a person entered a code that does not exist; `_id` is the person's."""

    tries: int
    last_at: datetime

    def blocked_until(self, at: datetime) -> datetime | None:
        """When codes are taken again, or None where they are now."""
        until = self.last_at + BLOCKED
        return until if self.tries >= TRIES and at < until else None


class LinkState(StrEnum):
    """How far a link has come."""

    MOVING = "moving"
    SETTLING = "settling"
    DONE = "done"


class OlderSetting(BaseModel):
    """A setting that gave way to a newer one when two accounts were linked."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)

    person_id: str
    key: str
    value: str


class Link(Kept):
    """One account that becomes part of another: of two, the older one stays.

    `due_at` is when its work goes on by itself, where it is not done; `older_settings` are those that gave way.
    """

    from_user_id: str
    into_user_id: str
    asked_by: str
    asked_at: datetime
    state: LinkState = LinkState.MOVING
    due_at: datetime | None = None
    older_settings: tuple[OlderSetting, ...] = ()


def new_code() -> str:
    """A fresh code; there are 24 to the power of 8, about 110,000 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidied(typed: str) -> str:
    """A code as it was given, whatever spaces, dashes and case it was typed with."""
    return "".join(each for each in typed.upper() if each.isalnum())


def code_id(code: str, key: bytes) -> str:
    """What is kept of a code: its keyed hash."""
    return f"lnc_{blake2b(code.encode(), key=key[:64], digest_size=16, person=b'elevate-link').hexdigest()}"
