"""The two functions that SQLite asks of us, so that every operation of the port is one statement, whole or not at all.

They take and give JSON text and know nothing else: a statement whose caller has gone away can still be carried out.
"""

from __future__ import annotations

from functools import lru_cache

from persistence.embedded_changes import Misfit, changed
from persistence.embedded_json import decode, encode
from persistence.embedded_match import meets
from persistence.language import Condition
from persistence.language_changes import Step
from persistence.language_values import MOST_BYTES


def fits(document: str, conditions: str) -> int:
    """1 where the document meets the conditions, else 0."""
    return int(meets(decode(document), _conditions(conditions)))


def change(document: str, steps: str) -> str | None:
    """The document after the steps, each `[operator, path, value, keep]`; None, which no row takes, where they do not fit."""
    try:
        text = encode(changed(decode(document), _steps(steps)))
    except Misfit:
        return None
    return text if len(text) <= 2 * MOST_BYTES else None


@lru_cache(maxsize=64)
def _conditions(text: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(path, operator, tuple(operand) if operator == "$in" else operand) for path, operator, operand in decode(text)
    )


@lru_cache(maxsize=1)
def _steps(text: str) -> tuple[Step, ...]:
    return tuple(Step(*each) for each in decode(text))
