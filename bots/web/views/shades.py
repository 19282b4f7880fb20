"""The shades of a heat map."""

from __future__ import annotations

LEVELS = (1, 25, 50, 75, 100)
"""In percent: where each shade begins, after the one for nothing."""


def shade(share: int, *, closed: bool = False) -> int:
    """The shade, 0 to 5, for a share in percent; 5 is only for what is closed."""
    return 5 if closed else min(4, sum(share >= each for each in LEVELS))
