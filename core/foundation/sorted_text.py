"""What a pasted text says for each cell, how sure that is, and how it was found out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.request import Typed


class Confidence(StrEnum):
    """How sure it is that the words belong in the cell."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be typed into a cell, by its key."""

    key: str
    text: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Sorted:
    """The proposals for one text. `by_model` is false where only headings and names were read.

    `left_out` counts the lines that fitted nowhere. `seen` is the version of the Foundation that the proposals were set beside;
    `token` tells this sorting from earlier ones.
    """

    proposals: tuple[Proposal, ...]
    by_model: bool
    left_out: int = 0
    seen: int = 0
    token: str = ""


def packed(found: Sorted) -> Mapping[str, Typed]:
    """The sorting as a form's draft."""
    about = {"by_model": found.by_model, "left_out": found.left_out, "seen": found.seen, "token": found.token}
    cells = {f"cell {each.key}": (each.confidence.value, each.text) for each in found.proposals}
    return {"about": json.dumps(about), **cells}


def unpacked(kept: Mapping[str, Typed], token: str) -> Sorted | None:
    """The sorting that was kept, if it is still the one with this token."""
    about = json.loads(str(kept["about"])) if "about" in kept else {}
    if not about or about["token"] != token:
        return None
    proposals = tuple(
        Proposal(name.removeprefix("cell "), value[1], Confidence(value[0]))
        for name, value in kept.items()
        if name.startswith("cell ") and not isinstance(value, str)
    )
    return Sorted(proposals, about["by_model"], about["left_out"], about["seen"], about["token"])
