"""How a picture of a chart looks on a light and on a dark ground: its colours, and what tells series apart without colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Line: TypeAlias = Literal["-", "--", "-.", ":"]


@dataclass(frozen=True, slots=True)
class Voice:
    """How one series is told from the others: by colour, and also by mark, line and hatching, in matplotlib's terms."""

    colour: str
    mark: str
    line: Line
    hatch: str


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture, `#rrggbb`.

    `ink` is for words, `faint` for those at the axes, `rule` for lines behind the figures, `axis` for the ground line. `band`
    fills the range that others reach, `edge` draws its outline and hatching.
    """

    paper: str
    ink: str
    faint: str
    rule: str
    axis: str
    band: str
    edge: str
    voices: Sequence[Voice]


_MARKS: Sequence[tuple[str, Line, str]] = (
    *(("o", "-", ""), ("s", "--", "//"), ("^", "-.", ".."), ("D", ":", "xx"), ("v", "-", "\\\\"), ("P", "--", "++")),
)


def _voices(*colours: str) -> Sequence[Voice]:
    return tuple(Voice(colour, mark, line, hatch) for colour, (mark, line, hatch) in zip(colours, _MARKS, strict=True))


LIGHT = Look(
    paper="#ffffff",
    ink="#1d1c1d",
    faint="#5f5e60",
    rule="#e6e5e7",
    axis="#a3a2a5",
    band="#eef3ee",
    edge="#6d8573",
    voices=_voices("#0072b2", "#b3470a", "#005c40", "#8a3a78", "#1d1c1d", "#7a6000"),
)
DARK = Look(
    paper="#242429",
    ink="#f2f3f5",
    faint="#b8bac1",
    rule="#37373e",
    axis="#6b6c75",
    band="#2b342f",
    edge="#7fa08a",
    voices=_voices("#5bb8f0", "#f0953f", "#8fe8a8", "#e79ad0", "#f2f3f5", "#e8d94a"),
)
"""The ground is that of Discord's cards in its dark theme. The colours of both are Okabe and Ito's, made darker or lighter until
they have 4.5 to 1 against their ground (https://jfly.uni-koeln.de/color/)."""
