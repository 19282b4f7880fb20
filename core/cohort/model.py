"""A cohort: those who take the course together, when they began, and where they meet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from core.cohort.timetable import CATCH_UP, Timetable
from core.record import Kept
from core.request import Address, Platform

NAME_AT_MOST = 60
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of a code: none that is taken for another when it is read out."""
CODE_SIGNS = 8
"""Thirty-one signs to the eighth are 8.5e11: nobody guesses a code within the tries that they are given."""


class WeeklyQuestion(BaseModel):
    """When the module's community question is asked: on that day of its week (1 is Monday) and at that hour, in that time zone.

    `platform` and `workspace` say where the cohort's channel is. `asked`: the numbers of the modules whose question was asked.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )

    day: int = Field(ge=1, le=7)
    hour: int = Field(ge=0, le=23)
    zone: str
    platform: Platform
    workspace: str
    asked: tuple[int, ...] = ()

    def address(self, channel: str) -> Address:
        """The channel, as somewhere that the bot can write to."""
        return Address(self.platform, self.workspace, channel)


class BoardPost(BaseModel):
    """The cohort's board of the week before is posted on Mondays in its channel, which is in this workspace."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )

    platform: Platform
    workspace: str

    def address(self, channel: str) -> Address:
        """The channel, as somewhere that the bot can write to."""
        return Address(self.platform, self.workspace, channel)


class Cohort(Kept):
    """Those of an organization who take the course together.

    `name_key`: the folded name of one that goes on, which no other has then. `code`: whoever types it joins. `channel`: the
    platform's id of the channel whose members join by speaking there. `starts_on`: the first day of module 0's week, and
    `catch_up_after` the modules after whose week one is left free. `archived_at`: it is over: its members keep all that is
    theirs, are reminded no more, and are on the list of whoever looks after it alone. `question`: when the community question is
    asked, and `next_question_at` when it is next looked whether one is due; None where none are asked. `timezone` (IANA name):
    where its weeks begin and end, that of the coach who set its dates. `board_post`: where its board is posted, and
    `next_board_at` when next; None where it is not.
    """

    organization_id: str
    name: str
    name_key: str | None = None
    code: str
    channel: str | None = None
    starts_on: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    catch_up_after: tuple[int, ...] = CATCH_UP
    created_at: datetime
    archived_at: datetime | None = None
    question: WeeklyQuestion | None = None
    next_question_at: datetime | None = None
    timezone: str = "UTC"
    board_post: BoardPost | None = None
    next_board_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its weeks."""
        return ZoneInfo(self.timezone)

    @property
    def timetable(self) -> Timetable | None:
        """When which module is worked on, or None before a coach has set dates."""
        return Timetable(date.fromisoformat(self.starts_on), self.catch_up_after) if self.starts_on else None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of those in a channel: how many who are known joined, how many are expected until they write, how many were
    among them already, and how many stay in which other cohort that goes on, by its name."""

    joined: int = 0
    expected: int = 0
    there: int = 0
    elsewhere: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Later:
    """Those in a channel are taken in by a job, and the coach is told when that is done. `size`: so many, where it is known."""

    size: int | None = None


def new_code() -> str:
    """A code that nobody has: `k7wq-3fhm`."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(CODE_SIGNS))
    return f"{signs[:4]}-{signs[4:]}"


def read_code(typed: str) -> str:
    """The code as it is kept, however it was typed: with spaces, in capitals, without its hyphen."""
    signs = "".join(sign for sign in typed.casefold() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}"
