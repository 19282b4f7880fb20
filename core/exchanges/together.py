"""Several people in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

NAMED = 3


def together(names: Sequence[str]) -> str:
    """Their names as one says them, of many the first; "" where there are none."""
    shown = list(names[:NAMED])
    shown += [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
