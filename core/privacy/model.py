"""What stays of a person who was erased: nothing but that they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from core.record import Kept

SETTLING = timedelta(minutes=15)
"""How long after an erasure what was under way may still be written; then that is erased too."""

Documents = Mapping[str, object]


class Erasing(BaseModel):
    """Whose documents go: the ids of accounts and persons. They name nobody once the documents are gone."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)

    users: tuple[str, ...]
    persons: tuple[str, ...]
    organizations: tuple[str, ...]
    identities: tuple[str, ...] = ()

    def joined(self, other: Self) -> Self:
        """The ids of both."""
        named = {name: tuple(dict.fromkeys((*value, *getattr(other, name)))) for name, value in self}
        return self.model_copy(update=named)


class Tombstone(Kept):
    """That somebody was erased. `_id` is made of the keyed hash of a platform account, and nothing else here says whose.

    `work` is what is left to do, and goes with the last of it; its `identities` go as soon as the documents are gone.
    """

    erased_at: datetime
    due_at: datetime | None = None
    work: Erasing | None = None


def tombstone_id(identity: str, key: bytes) -> str:
    """What is kept of a platform account: its keyed hash."""
    return f"tmb_{blake2b(identity.encode(), key=key[:64], digest_size=16, person=b'elevate-tomb').hexdigest()}"
