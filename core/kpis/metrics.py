"""The funnel's figures and the choices that decide what some of them mean, as written in `core/content/kpis.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from core.contents import SHIPPED, Renewable, Written, read_yaml
from core.course.steps import Step
from core.errors import NotFound
from core.fuzzy import process
from core.kpis.rules import Rules

Bounds = tuple[Decimal | None, Decimal | None]


class NoSuchMetric(NotFound):
    """There is no such figure. /kpi report shows them all."""


class Unit(StrEnum):
    """How a figure is measured. Percents are in points (2.5 is 2.5%), a ratio of 3.2 is 3.2 times."""

    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    RATIO = "ratio"
    SCORE = "score"


class Level(StrEnum):
    """A part of the funnel. All is the funnel as a whole."""

    ATTRACT = "Attract"
    CONVERT = "Convert"
    GROW = "Grow"
    ALL = "All"


class JudgedBy(StrEnum):
    """What a figure's traffic light goes by: what others reach and the own trend, the trend alone where shops differ too much to
    be set beside each other, or nothing where more is neither good nor bad."""

    BOTH = "both"
    TREND = "trend"
    NOTHING = "nothing"


class Benchmark(Written):
    """What others reach: a guard rail, never a promise. Money is in `currency`."""

    typical: tuple[Decimal, ...] = Field(min_length=1, max_length=2)
    good: Decimal | None = None
    note: str
    source: str
    year: int
    currency: str | None = None


class Answer(Written):
    """One way to answer a choice."""

    value: str
    label: str = Field(max_length=75)


class Choice(Written):
    """What is settled once with each student, because it decides what a figure means."""

    key: str
    question: str
    options: tuple[Answer, ...]


class Change(Written):
    """What an answer changes about a figure; what is not written here stays."""

    formula: str | None = None
    hard: Bounds | None = None
    ask: Bounds | None = None
    benchmark: Benchmark | None = None


class Metric(Written):
    """A figure. Outside `hard` it is refused, outside `ask` it is asked about; money bounds are in the currency's main unit."""

    field: str = Field(pattern=r"^[a-z]+(_?[A-Za-z]+)*$")
    title: str = Field(max_length=36)
    short: str = Field(max_length=14)
    aliases: tuple[str, ...] = ()
    level: Level
    step: Step
    definition: str
    formula: str
    unit: Unit
    better: str = Field(pattern="^(higher|lower)$")
    hard: Bounds
    ask: Bounds | None = None
    where: str
    benchmark: Benchmark | None = None
    choice: str | None = None
    by_choice: Mapping[str, Change] = Field(default_factory=dict)
    extra: bool = False
    judged_by: JudgedBy = JudgedBy.BOTH

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        return tuple(dict.fromkeys((self.field, self.title, self.short, *self.aliases)))

    def meant(self, settings: Mapping[str, str]) -> Metric:
        """The figure as it is for someone with these settings."""
        change = self.by_choice.get(settings.get(self.choice, "")) if self.choice else None
        if change is None:
            return self
        return self.model_copy(update={name: getattr(change, name) for name in change.model_fields_set})


class MetricFile(Written):
    """The whole file."""

    choices: tuple[Choice, ...]
    levels: Mapping[Level, tuple[str, ...]]
    """The main figures of each part of the funnel: the first that can be judged gives its status."""
    metrics: tuple[Metric, ...]

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        options = {each.key: {answer.value for answer in each.options} for each in self.choices}
        owners: dict[str, str] = {}
        for metric in self.metrics:
            if metric.choice and set(metric.by_choice) != options.get(metric.choice, set()):
                raise ValueError(f"{metric.field}: by_choice needs an entry for every option of {metric.choice}")
            if metric.by_choice and not metric.choice:
                raise ValueError(f"{metric.field}: by_choice needs a choice")
            for name in {folded(each) for each in metric.names}:
                if owners.setdefault(name, metric.field) != metric.field:
                    raise ValueError(f"{metric.field} and {owners[name]} are both called {name}")
        here = {metric.field: metric.level for metric in self.metrics}
        for level, fields in self.levels.items():
            for field in fields:
                if here.get(field) is not level:
                    raise ValueError(f"levels: there is no figure {field} of {level}")
        return self


def folded(name: str) -> str:
    """A name without its case, spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "", name).casefold()


class Metrics(Renewable):
    """The figures by what people call them. The file is read when it is first wanted."""

    def __init__(self, content_dir: Path = SHIPPED) -> None:
        self._path = content_dir / "kpis.yaml"
        self._rules = content_dir / "diagnosis.yaml"

    @cached_property
    def file(self) -> MetricFile:
        """What is written. Raises `Flawed` where it has mistakes."""
        return read_yaml(self._path, MetricFile)

    @cached_property
    def rules(self) -> Rules:
        """By which the weakest link is found. Raises `Flawed` where they have mistakes."""
        return read_yaml(self._rules, Rules)

    @cached_property
    def by_field(self) -> Mapping[str, Metric]:
        """The figures by field name, in the order of the funnel."""
        return {each.field: each for each in self.file.metrics}

    @cached_property
    def by_name(self) -> Mapping[str, Metric]:
        """The figures by every folded name."""
        return {folded(name): each for each in self.file.metrics for name in each.names}

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """Finds the names in free words, the longest first; hyphens, spaces and underscores are one."""
        names = sorted({name for each in self.file.metrics for name in each.names}, key=len, reverse=True)
        parts = (r"[\s_-]*".join(map(re.escape, re.split(r"[\s_-]+", name))) for name in names)
        return re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?![\w])", re.IGNORECASE)

    @property
    def choices(self) -> Mapping[str, Choice]:
        """What is settled once, by key."""
        return {each.key: each for each in self.file.choices}

    def of_level(self, level: Level) -> tuple[Metric, ...]:
        """The figures of a level; the funnel as a whole belongs to Grow, the last."""
        wanted = (level, Level.ALL) if level is Level.GROW else (level,)
        return tuple(each for each in self.file.metrics if each.level in wanted)

    def named(self, typed: str) -> Metric:
        """The figure of that name.

        Raises:
            NoSuchMetric: with the nearest name, where one is near.
        """
        wanted = folded(typed)
        if wanted in self.by_name:
            return self.by_name[wanted]
        near: Any = process.extractOne(wanted, list(self.by_name), score_cutoff=70)
        hint = f"Did you mean {self.by_name[near[0]].title}?" if near else "/kpi report shows them all."
        raise NoSuchMetric(f"I know no figure called “{typed[:40]}”. {hint}")
