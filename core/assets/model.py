"""An asset: something a student made and kept, and where it stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.course.steps import Step
from core.record import Kept

WORDS_AT_MOST = 400
"""How many different words of an asset can be searched for; the first ones."""

_WORD = re.compile(r"\w+")


class AssetStatus(StrEnum):
    """Where an asset stands, in the schema's words."""

    DRAFT = "Draft"
    IMPLEMENTED = "Implemented"
    ARCHIVED = "Archived"

    @property
    def said(self) -> str:
        """The word that people read, as it stands on the buttons."""
        return "Live" if self is AssetStatus.IMPLEMENTED else self.value


class Order(StrEnum):
    """What a list of assets is sorted by."""

    CHANGED = "last changed"
    OLDEST = "oldest"
    TITLE = "title"
    STEP = "step"


class Heading(Kept):
    """What a list shows of an asset: everything but its text.

    Ours: `organization_id`, `title`, `implemented_at` (when it went live; kept when it is archived later), `link` (where that can
    be seen).
    """

    user_id: str
    organization_id: str
    prompt_execution_id: str | None = None
    elevate_step: Step
    asset_type: str
    title: str
    channel: str | None = None
    status: AssetStatus = AssetStatus.DRAFT
    created_at: datetime
    last_updated_at: datetime
    implemented_at: datetime | None = None
    link: str | None = None


class Asset(Heading):
    """An asset whole. Ours: `words`, the lower-cased words of its title, type, channel and content, by which it is found."""

    content: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An asset in a person's list. `number` counts their assets from 1 in the order in which they were kept, and stays."""

    number: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class Opened:
    """An asset with its number."""

    number: int
    asset: Asset


@dataclass(frozen=True, slots=True)
class Origin:
    """The run that an asset came from.

    `refined`: the asset is a reworking of what that run gave. `foundation_version` is missing for old runs. `changed` names the
    cells that the run used and that read differently by now.
    """

    execution_id: str
    code: str
    title: str
    ran_at: datetime
    foundation_version: int | None = None
    refined: bool = False
    changed: tuple[str, ...] = ()


def words_of(*texts: str) -> tuple[str, ...]:
    """The different words of the texts, in order, folded so that case and width make no difference."""
    folded = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    return tuple(dict.fromkeys(_WORD.findall(folded)))[:WORDS_AT_MOST]
