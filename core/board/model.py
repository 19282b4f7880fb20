"""What is kept for a board: when somebody did each thing first, and what it adds up to, week by week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from core.board.actions import Counts
from core.record import Kept


class Firsts(Kept):
    """When somebody did each thing first, by the things' keys. The id is the person's.

    A thing that is undone and done again keeps its first time, so that it counts in one week only, and once.
    """

    organization_id: str
    first: Mapping[str, datetime] = Field(default_factory=dict)


class Tally(Kept):
    """What somebody who agreed to be on a cohort's board did in each of its weeks (`core.board.actions.Weeks`).

    Nobody has one who did not agree, and it goes when they leave. It has no name in it: that is read where the board is.
    """

    person_id: str
    organization_id: str
    cohort_id: str
    weeks: Mapping[str, Counts] = Field(default_factory=dict)


def tally_id(person_id: str, cohort_id: str) -> str:
    """The id of the one tally of this person in this cohort."""
    return f"{person_id}:{cohort_id}"
