"""A chart as bytes: for the way to the drawing process, and for knowing it again."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import blake2b

from core.ui import Band, Chart, Mark, Series

DRAWN_BY = 1
"""Raised when pictures change their look: those that were kept are drawn anew."""


def packed(chart: Chart, *, dark: bool) -> bytes:
    """The chart and the look that it is to have; equal charts give equal bytes."""
    return json.dumps([DRAWN_BY, dark, asdict(chart)], ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def unpacked(content: bytes) -> tuple[Chart, bool]:
    """The chart, and whether it is to be dark."""
    _, dark, held = json.loads(content)
    series = tuple(Series(each["name"], tuple((label, value) for label, value in each["points"])) for each in held["series"])
    band = Band(**held["band"]) if held["band"] else None
    marks = tuple(Mark(**each) for each in held["marks"])
    return Chart(held["kind"], held["title"], held["unit"], series, band, marks), dark


def name(content: bytes) -> str:
    """The name that a picture of this goes by: 32 letters and digits."""
    return blake2b(content, digest_size=16).hexdigest()
