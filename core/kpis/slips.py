"""Slips of the finger in the name of a figure: "ordres" for orders, "crt" for CTR."""

from __future__ import annotations

from core.fuzzy import OSA
from core.kpis.metrics import Metric, Metrics, folded

LETTERS_AT_LEAST = 5
"""Of shorter words too many are one letter from each other: they count only with two neighbours changed about."""
LONG = 8
"""From so many letters on, two may be wrong."""


def meant_by(word: str, metrics: Metrics) -> Metric | None:
    """The one figure whose name is nearest to the word, as far as a slip explains it; None where there is none, or several."""
    typed = folded(word)
    near: dict[str, tuple[int, Metric]] = {}
    for name, metric in metrics.by_name.items():
        allowed = _allowed(typed, name)
        far = OSA.distance(typed, name, score_cutoff=allowed) if allowed else allowed + 1
        if 0 < far <= allowed and far <= near.get(metric.field, (far, metric))[0]:
            near[metric.field] = (far, metric)
    least = min((far for far, _ in near.values()), default=0)
    nearest = [metric for far, metric in near.values() if far == least]
    return nearest[0] if len(nearest) == 1 else None


def _allowed(typed: str, name: str) -> int:
    """How many slips may lie between them."""
    if not typed.isalpha():
        return 0
    short = min(len(typed), len(name))
    if short >= LONG:
        return 2
    changed_about = sorted(typed) == sorted(name) and len(name) >= 3
    return 1 if short >= LETTERS_AT_LEAST or changed_about else 0
