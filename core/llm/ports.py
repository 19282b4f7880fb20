"""What the models ask of the rest: the practice model of the course, and every other of whoever pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.llm.model import Payer, Usage
from core.people.model import Person
from core.ui import Button


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the course's own text. `place` says where it stands ("Module 1, Hook"); `command` opens it ("/module 1").

    `weight` says how much it explains beside the others: a lesson teaches (1), a prompt's description only tells of itself.
    `also`: words by which it is found too, and which nobody is shown.
    """

    title: str
    place: str
    text: str = field(repr=False)
    command: str = ""
    weight: float = 1.0
    also: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """The commands that somebody's words may have meant, each with what it does, the best first. `alone`: nothing else was asked;
    `told`: nothing was asked at all, and there is nothing to look up."""

    commands: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    told: bool = False


class Passages(Protocol):
    """The course's text, to be searched."""

    async def search(self, question: str, limit: int) -> tuple[Passage, ...]:
        """The passages that fit the question best, best first; none where no word of it occurs."""
        ...


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell of somebody's own Foundation, by its title and its grid, with what it holds; "" where that is nothing yet."""

    title: str
    grid: str
    text: str = field(repr=False)


class OwnCells(Protocol):
    """The Foundations of those who ask."""

    async def asked_for(self, question: str, person: Person) -> OwnCell | None:
        """The person's own cell, where the question asks what stands in it, and for nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class OwnRun:
    """What somebody's last run is called, and the button that saves what came of it."""

    title: str
    save: Button


class OwnRuns(Protocol):
    """The runs of those who ask."""

    async def last(self, person: Person) -> OwnRun | None:
        """The person's last run, where it is of the last day and nothing of it is saved."""
        ...


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes next for somebody in the course, and the buttons that lead there, the likeliest first."""

    text: str
    ways: tuple[Button, ...]


class OwnPlaces(Protocol):
    """Where those who ask are in the course."""

    async def ahead(self, person: Person) -> Ahead:
        """What comes next for the person."""
        ...


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of those who ask; of what is None, nothing is."""

    cells: OwnCells | None = None
    runs: OwnRuns | None = None
    places: OwnPlaces | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """Money that is held for one answer: millionths of a US dollar, of the person's local `day` and the `month` in UTC."""

    id: str
    micros: int
    day: str
    month: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What an answer cost in the end."""

    usage: Usage
    micros: int


class Purse(Protocol):
    """What may be spent on answers."""

    async def reserve(self, payer: Payer, micros: int, at: datetime) -> Reserved:
        """Hold so much for an answer that is about to be asked for.

        Raises:
            ModelTrouble: there is not so much left; says until when.
            StoreTrouble: that cannot be told.
        """
        ...

    async def settle(self, payer: Payer, held: Reserved, spent: Spent | None, at: datetime) -> str:
        """Put what was spent in the place of what was held; None where it cost nothing. Repeatable.

        Returns what the person is to be told once, or "".
        """
        ...
