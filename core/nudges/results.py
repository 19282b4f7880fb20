"""What came of reminders, by rule and by template, and whether that can be told from chance.

The effect of a rule is the share that acted among those who were sent a reminder, less the same share among those for whom it
was held back. Its 95 % interval is Newcombe's hybrid score interval, which is made of two Wilson intervals and holds for small
numbers and for shares near 0 and 1 (R. G. Newcombe, "Interval estimation for the difference between independent proportions",
Statistics in Medicine 17, 1998, method 10).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import NotAllowed
from core.nudges.model import CameOf, Kind, NudgePreferences, Outcome
from core.nudges.outcomes import NOTHING_TO_DO
from core.nudges.ports import NudgeStore, PreferencesStore
from core.people.model import Person
from core.roles import COACHING

LOOKED_BACK = timedelta(days=90)
READ_AT_MOST = 20_000
"""Reminders that are counted, the latest first."""
ENOUGH = 30
"""Judged reminders that each of the two groups needs, before a difference is told."""
Z = 1.959964
"""The normal deviate of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference of two shares, -1 to 1, with its 95 % interval."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Count:
    """What came of some reminders. `judged` are those sent of which it is known what came, `kept_from` those held back. `ignored`
    is None where nothing was to be done, so that nobody could.
    """

    name: str
    sent: int = 0
    opened: int = 0
    acted: int = 0
    ignored: int | None = 0
    stopped: int = 0
    undelivered: int = 0
    held_back: int = 0
    judged: int = 0
    kept_from: int = 0
    acted_anyway: int = 0

    @property
    def effect(self) -> Effect | None:
        """What the reminders did, or None where there are too few to tell."""
        if min(self.judged, self.kept_from) < ENOUGH:
            return None
        return newcombe(self.acted, self.judged, self.acted_anyway, self.kept_from)


@dataclass(frozen=True, slots=True)
class Results:
    """All of it, and who ignored three in a row and has not turned to us since. `whole`: nothing was left out."""

    kinds: Sequence[Count]
    templates: Sequence[Count]
    aside: Sequence[NudgePreferences]
    whole: bool


class Outcomes:
    """What came of an organization's reminders, for those who coach it."""

    def __init__(self, nudges: NudgeStore, wishes: PreferencesStore) -> None:
        self._nudges = nudges
        self._wishes = wishes

    async def of(self, coach: Person, at: datetime) -> Results:
        """The last 90 days.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        found = await self._nudges.of_organization(coach.organization_id, at - LOOKED_BACK, READ_AT_MOST)
        order = list(Kind)
        kinds = sorted(_by(found, lambda each: each.kind.value), key=lambda each: order.index(Kind(each.name)))
        templates = sorted(_by(found, lambda each: each.template), key=lambda each: (-each.sent, each.name))
        aside = [each for each in await self._wishes.set_aside(coach) if not _is_back(each)]
        return Results(kinds, templates, aside, whole=sum(found.values()) < READ_AT_MOST)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score; `of` is at least 1."""
    share = hits / of
    middle = share + Z * Z / (2 * of)
    half = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    whole = 1 + Z * Z / of
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def newcombe(hits: int, of: int, other_hits: int, other_of: int) -> Effect:
    """The difference between two shares with its 95 % interval; both groups have at least one."""
    one, other = hits / of, other_hits / other_of
    (low, high), (other_low, other_high) = wilson(hits, of), wilson(other_hits, other_of)
    down = math.hypot(one - low, other_high - other)
    up = math.hypot(high - one, other - other_low)
    return Effect(one - other, one - other - down, one - other + up)


def _is_back(wishes: NudgePreferences) -> bool:
    """They have turned to us since they were set aside, and are written to again from the next look at them on."""
    seen, aside = wishes.seen_at, wishes.set_aside_at
    return seen is not None and aside is not None and seen > aside


def _by(found: Mapping[CameOf, int], name: Callable[[CameOf], str]) -> list[Count]:
    groups: dict[str, dict[CameOf, int]] = {}
    for each, count in found.items():
        groups.setdefault(name(each), {})[each] = count
    return [_count(name, group) for name, group in groups.items()]


def _count(name: str, group: Mapping[CameOf, int]) -> Count:
    def how_many(fits: Callable[[CameOf], bool], *, held_back: bool = False) -> int:
        return sum(count for each, count in group.items() if each.held_back is held_back and fits(each))

    return Count(
        name,
        sent=how_many(lambda each: True),
        opened=how_many(lambda each: each.opened or each.outcome is Outcome.OPENED),
        acted=how_many(lambda each: each.outcome is Outcome.ACTED),
        ignored=None if all(each.kind in NOTHING_TO_DO for each in group) else how_many(lambda each: each.ignored),
        stopped=how_many(lambda each: each.outcome is Outcome.STOPPED),
        undelivered=how_many(lambda each: each.outcome is Outcome.UNDELIVERED),
        held_back=how_many(lambda each: True, held_back=True),
        judged=how_many(lambda each: each.outcome not in (None, Outcome.UNDELIVERED)),
        kept_from=how_many(lambda each: each.outcome is not None, held_back=True),
        acted_anyway=how_many(lambda each: each.outcome is Outcome.ACTED, held_back=True),
    )
