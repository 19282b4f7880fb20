"""The ten steps of the system, by the schema's names; module 0 is Foundation, 1 to 9 are the others in order."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """A step of the system."""

    FOUNDATION = "Foundation"
    HOOK = "Hook"
    GIFT = "Gift"
    IDENTIFY = "Identify"
    ENGAGE = "Engage"
    SELL = "Sell"
    NURTURE = "Nurture"
    UPSELL = "Upsell"
    EDUCATE = "Educate"
    SHARE = "Share"

    @property
    def number(self) -> int:
        """The number of the step's module, 0 to 9."""
        return tuple(Step).index(self)


def step_named(typed: str) -> Step | None:
    """The step that was typed, by name in any case, or None."""
    wanted = typed.strip().casefold()
    return next((each for each in Step if each.value.casefold() == wanted), None)
