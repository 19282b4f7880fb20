"""Pieces of work and how they stand: of one answer, or of a plan that several carry out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

State: TypeAlias = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work within the answer, and how it stands."""

    key: str
    title: str
    state: State


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps that are taken one after the other, and how each stands."""

    steps: tuple[Step, ...]

    @property
    def broken_off(self) -> Plan:
        """The same, where nothing of it goes on."""
        return Plan(tuple(each if each.state in ("done", "failed") else replace(each, state="failed") for each in self.steps))
