"""The drawing process: `python -m bots.charts.worker FOLDER` draws what it reads, one chart after the other, until nobody asks.

A question is four bytes of length and a packed chart; the answer is four bytes of length and the picture. Its parent's end closes
the pipe, and so ends it. A chart that cannot be drawn ends it with the reason on standard error.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

LENGTH = struct.Struct("!I")
NICENESS = 1
"""Whoever talks goes a little before whoever draws: a person waits for both."""
DRAWN_BY_ONE = 500
"""Pictures after which the process ends, to be started anew: matplotlib keeps a little of each."""


def work(questions: BinaryIO, answers: BinaryIO, at_most: int = DRAWN_BY_ONE) -> None:
    """Draw until the questions end, or so many pictures are drawn."""
    from bots.charts.drawing import draw  # noqa: PLC0415 - after matplotlib was told its folder
    from bots.charts.packed import unpacked  # noqa: PLC0415

    for _ in range(at_most):
        head = questions.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return
        chart, dark = unpacked(questions.read(LENGTH.unpack(head)[0]))
        picture = draw(chart, dark=dark)
        answers.write(LENGTH.pack(len(picture)) + picture)
        answers.flush()


if __name__ == "__main__":
    if sys.argv[1]:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["MPLCONFIGDIR"] = str(folder)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    with suppress(BrokenPipeError):  # whoever asked has gone
        work(sys.stdin.buffer, sys.stdout.buffer)
