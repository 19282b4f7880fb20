"""The rules of the diagnosis, as written in `core/content/diagnosis.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from core.contents import Written
from core.course.steps import Step


class Volume(Written):
    """How many people lie behind a rate: a count, or a count over a rate in percent; only for those who settled `when`."""

    key: str
    words: str = Field(max_length=40)
    top: str
    bottom: str | None = None
    enough: int = Field(gt=0)
    when: Mapping[str, str] = Field(default_factory=dict)


class Feeding(Written):
    """An earlier step that may be behind a weak one, and how."""

    step: Step
    why: str


class Link(Written):
    """A step of the funnel as a link. `money`: how near the money it is, 1 the nearest; `main`: what to log where nothing is."""

    step: Step
    money: int = Field(ge=1, le=9)
    main: str
    rests_on: tuple[str, ...] = ()
    earlier: tuple[Feeding, ...] = ()


class Ratio(Written):
    """One figure over another, in their own units; below `least` it is weak."""

    top: str
    bottom: str
    least: Decimal = Field(gt=0)
    when: Mapping[str, str] = Field(default_factory=dict)


class Symptom(Written):
    """What a weak figure, or ratio, comes from while the figures of `while` are in order, unless one of `unless` is weak and so
    behind it; where to look, and what to run."""

    step: Step
    weak: str | None = None
    ratio: Ratio | None = None
    others: tuple[str, ...] = Field(default=(), alias="while")
    unless: tuple[str, ...] = ()
    says: str
    cause: str
    cells: tuple[str, ...] = Field(min_length=1, max_length=2)
    prompts: tuple[str, ...] = Field(min_length=1, max_length=3)

    @model_validator(mode="after")
    def _looks_at_one_thing(self) -> Self:
        if (self.weak is None) == (self.ratio is None):
            raise ValueError("a symptom has either weak or ratio")
        return self

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures that it is seen in."""
        return (self.ratio.top, self.ratio.bottom) if self.ratio else (self.weak or "",)


class Remark(Written):
    """What a ratio says about the whole."""

    ratio: Ratio
    says: str
    prompts: tuple[str, ...] = ()


class Rules(Written):
    """The whole file."""

    at_least: int = Field(ge=1)
    starved: Decimal = Field(gt=0, le=1)
    volumes: tuple[Volume, ...]
    steps: tuple[Link, ...]
    symptoms: tuple[Symptom, ...]
    remarks: tuple[Remark, ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        order = [each.step for each in self.steps]
        if order != [each for each in Step if each is not Step.FOUNDATION]:
            raise ValueError("steps: the nine from Hook to Share, in their order")
        if len({each.money for each in self.steps}) != len(self.steps):
            raise ValueError("steps: two are as near the money as each other")
        known = {each.key for each in self.volumes}
        for link in self.steps:
            for name in link.rests_on:
                if name not in known:
                    raise ValueError(f"{link.step}: there is no volume {name}")
            for feeding in link.earlier:
                if order.index(feeding.step) >= order.index(link.step):
                    raise ValueError(f"{link.step}: {feeding.step} is no earlier step")
        return self

    @property
    def fields(self) -> frozenset[str]:
        """Every figure that it names."""
        ratios = [*(each.ratio for each in self.symptoms if each.ratio), *(each.ratio for each in self.remarks)]
        return frozenset(
            {
                *(each.top for each in self.volumes),
                *(each.bottom for each in self.volumes if each.bottom),
                *(each.main for each in self.steps),
                *(name for each in self.symptoms for name in (*each.figures, *each.others, *each.unless)),
                *(name for each in ratios for name in (each.top, each.bottom)),
            }
        )
