"""What is found of a funnel: its weakest links, what else is worth saying of it, and what cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.course.steps import Step
from core.kpis.lines import Line
from core.kpis.metrics import Metric
from core.kpis.rules import Feeding, Remark, Symptom


class Verdict(StrEnum):
    """What can be said."""

    WEAK = "weak"
    GOOD = "good"
    TOO_FEW = "too few figures"
    TOO_LITTLE = "too little traffic"
    CONTRADICTORY = "contradictory"


class Why(StrEnum):
    """Why to start with the first finding."""

    ONLY = "only"
    MONEY = "nearest the money"
    STARVED = "starves what follows"


@dataclass(frozen=True, slots=True)
class Finding:
    """A weak link: how it shows, and the earlier weak ones that may be behind it.

    `severity` is the share by which it falls short or fell, 0 to 1. `unseen` are the words for what should lie behind the rate in
    number, where nobody logged what tells it; "" where that is known, or plays no part.
    """

    symptom: Symptom
    lines: tuple[Line, ...]
    severity: Decimal
    suspects: tuple[Feeding, ...] = ()
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class Thin:
    """A step behind whose rate lie too few to judge it."""

    step: Step
    words: str
    count: int
    enough: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found. `findings`: the one or two weakest links, the first being where to start, for the reason of `why`; of
    `TOO_FEW`, what is weak among the little that is known. `weak` are the steps that are weak besides. `doubts` say which figures
    do not fit together; they were left out. `log_next` would tell more, and `log_again` will, once an equal period is there.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    why: Why = Why.ONLY
    weak: tuple[Step, ...] = ()
    judged: tuple[Step, ...] = ()
    thin: tuple[Thin, ...] = ()
    doubts: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    log_next: tuple[Metric, ...] = ()
    log_again: tuple[Metric, ...] = ()
    room: Line | None = None
