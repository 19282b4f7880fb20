"""What is kept of every change of a Foundation: who, when, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from core.foundation.cells import Value
from core.record import Kept


class Source(StrEnum):
    """How a change came about."""

    EDIT = "edit"
    INTERVIEW = "interview"
    RUN = "run"
    PASTE = "paste"
    PUT_BACK = "put back"
    LINK = "link"
    AGENT = "agent"


class FoundationChange(Kept):
    """One change of one field; a document of `foundationHistory`.

    `field` is its path (`customerAvatar.pains`); `before` and `after` are missing where it was empty. `version` is the version of
    the Foundation that the change made, and 0 for what came over from another account.
    """

    user_id: str
    organization_id: str
    person_id: str
    at: datetime
    field: str
    before: Value | None = None
    after: Value | None = None
    source: Source
    version: int


class Mark(BaseModel):
    """When and by whom a cell was last changed, and the version that this made."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)

    version: int
    at: datetime
    person_id: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that were made on one version of a Foundation, and only hold for that one; `marks` by the slugs of their cells."""

    version: int
    changes: tuple[FoundationChange, ...]
    marks: Mapping[str, Mark]


def slug(key: str) -> str:
    """A cell's key as a key of the record, which may hold no dot."""
    return key.replace(".", "-")
