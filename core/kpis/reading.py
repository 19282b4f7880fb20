"""Figures between being typed and being saved: what was typed for a period, and what it comes to."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.errors import NotFound
from core.kpis.figures import Stored
from core.kpis.metrics import Choice, Metric, Metrics
from core.kpis.parsing import NotThatFigure, Taken, Unclear, means_nothing, read_figure
from core.kpis.periods import Period


class ReadingGone(NotFound):
    """These figures were saved already, or wait no more. /kpi report shows what is kept; /kpi log starts anew."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a student typed and has still to confirm. `token` tells it from an earlier one; money is in `currency`.

    `before`: the tokens of those whose place it took. `dated`: its period was said, or is the one that is meant where none is.
    `instead`: another period that may be meant. `held_at`: when it was read back. `passed`: they turned to something else since,
    or others read along where it was read back, so that a plain yes need not be for it.
    """

    typed: Mapping[str, str]
    period: Period
    currency: str
    notes: str = ""
    unread: tuple[str, ...] = ()
    token: str = field(default_factory=lambda: secrets.token_hex(3))
    before: tuple[str, ...] = ()
    dated: bool = True
    instead: Period | None = None
    held_at: datetime | None = None
    passed: bool = False

    def instead_of(self, earlier: Reading) -> Reading:
        """The same in the earlier one's place, whose buttons lead here from now on."""
        return replace(self, before=(*earlier.before, earlier.token))


@dataclass(frozen=True, slots=True)
class Checked:
    """What typed figures come to, by field. `asks` are the choices without which some of them mean nothing."""

    taken: Mapping[str, Stored]
    odd: Mapping[str, str]
    unclear: Mapping[str, Unclear]
    refused: Mapping[str, str]
    asks: tuple[Choice, ...]

    @property
    def ready(self) -> bool:
        """There is something to save, and nothing to be asked first."""
        return bool(self.taken) and not self.unclear and not self.asks


def check(metrics: Metrics, typed: Mapping[str, str], currency: str, settings: Mapping[str, str]) -> Checked:
    """What was typed for each figure's field, for someone with these settings."""
    taken: dict[str, Stored] = {}
    odd: dict[str, str] = {}
    unclear: dict[str, Unclear] = {}
    refused: dict[str, str] = {}
    for metric, text in _measured(metrics, typed):
        try:
            read = read_figure(metric.meant(settings), text, currency)
        except NotThatFigure as trouble:
            refused[metric.field] = trouble.message
            continue
        match read:
            case Unclear():
                unclear[metric.field] = read
            case Taken():
                taken[metric.field] = read.kept
                if read.odd:
                    odd[metric.field] = read.odd
    wanted = {metric.choice for metric, _ in _measured(metrics, typed) if metric.choice} - settings.keys()
    asks = tuple(choice for key, choice in metrics.choices.items() if key in wanted)
    return Checked(taken, odd, unclear, refused, asks)


def answered(reading: Reading, checked: Checked, option: int) -> Reading:
    """The reading after the first unclear figure was said to be its first (0) or second (1) reading."""
    where, unclear = next(iter(checked.unclear.items()))
    typed = {**reading.typed, where: unclear.options[option][1]}
    same = Reading(typed, reading.period, reading.currency, reading.notes, dated=reading.dated, instead=reading.instead)
    return same.instead_of(reading)


def _measured(metrics: Metrics, typed: Mapping[str, str]) -> Sequence[tuple[Metric, str]]:
    return [
        (metric, typed[name]) for name, metric in metrics.by_field.items() if name in typed and not means_nothing(typed[name])
    ]
