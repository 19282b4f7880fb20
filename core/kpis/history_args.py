"""The periods that figures were logged for, as arguments of commands."""

from __future__ import annotations

from collections.abc import Sequence

from core.command import Arg
from core.kpis.corrections import Corrections
from core.kpis.model import Snapshot
from core.kpis.service import said
from core.people.model import Person
from core.ui import Option

SUGGESTED_AT_MOST = 25


async def suggest_period(typed: str, person: Person, corrections: Corrections) -> Sequence[Option]:
    """The periods whose name holds what is typed, latest first."""
    found = await corrections.periods(person, typed)
    return [Option(each.id, titled(each)) for each in found[:SUGGESTED_AT_MOST]]


def titled(snapshot: Snapshot) -> str:
    """A period as the title of a card or an option."""
    text = said(snapshot)
    return text[0].upper() + text[1:]


PERIOD = Arg("Which period", "For example: 7 April, or March 2026", max_length=60, suggest=suggest_period)
