"""Changes as SQL: what sets and drops fields of the top level, or adds to a whole number there, is done by SQLite itself.

Everything else is done by our `change`, and so is what turns out not to be so simple in the document at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from persistence.embedded_json import encode
from persistence.embedded_sql import Clause, member
from persistence.language_changes import Step
from persistence.language_values import MOST_BYTES

MODEST = 2**62
"""Whole numbers no larger than this, either way, have a sum of 64 bits."""


def changing(steps: Sequence[Step]) -> Clause:
    """The document after the steps, as an expression; NULL, which no document's column takes, where they do not fit it."""
    values = [encode(each.value) for each in steps]
    whole = _written(steps, values)
    if len(whole) > MOST_BYTES or not all(map(_is_plain, steps)):
        return Clause("change(document,?)", [whole])
    taken = [value for step, value in zip(steps, values, strict=True) if step.operator != "$unset"]
    return Clause(_setting(tuple([(step.operator, step.path) for step in steps])), [*taken, whole])


def _written(steps: Sequence[Step], values: Sequence[str]) -> str:
    """Steps as `change` takes them (`embedded_functions`), of values that are JSON already."""
    made = [
        f'["{step.operator}","{step.path}",{value},{"null" if step.keep is None else step.keep}]'
        for step, value in zip(steps, values, strict=True)
    ]
    return f"[{','.join(made)}]"


def _is_plain(step: Step) -> bool:
    operator, path, value, _ = step
    if operator == "$inc":
        return type(value) is int and abs(value) <= MODEST and "." not in path
    return operator in ("$set", "$unset") and "." not in path


@lru_cache(maxsize=1024)
def _setting(steps: tuple[tuple[str, str], ...]) -> str:
    """For operators on paths. Where the document could become too large, our function says whether it does."""
    given = [f"{member(path)},{_given(operator, path)}" for operator, path in steps if operator != "$unset"]
    dropped = [member(path) for operator, path in steps if operator == "$unset"]
    made = f"json_set(document,{','.join(given)})" if given else "document"
    if dropped:
        made = f"json_remove({made},{','.join(dropped)})"
    simple = [f"length(document)<={MOST_BYTES}", *(_counts(path) for operator, path in steps if operator == "$inc")]
    return f"CASE WHEN {' AND '.join(simple)} THEN {made} ELSE change(document,?) END"


def _given(operator: str, path: str) -> str:
    return "json(?)" if operator == "$set" else f"json_extract(document,{member(path)})+CAST(? AS INTEGER)"


def _counts(path: str) -> str:
    """The document has a number there to which another can be added."""
    at = member(path)
    return f"json_type(document,{at})='integer' AND json_extract(document,{at}) BETWEEN {-MODEST} AND {MODEST}"
