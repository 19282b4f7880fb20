"""Changes as SQL: what only sets and drops fields of the top level is done by SQLite itself, everything else by our `change`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from persistence.embedded_functions import written
from persistence.embedded_json import encode
from persistence.embedded_sql import Clause, member
from persistence.language_changes import Step
from persistence.language_values import MOST_BYTES


def changing(steps: Sequence[Step]) -> Clause:
    """The document after the steps, as an expression; NULL, which no document's column takes, where they do not fit it."""
    whole = written(steps)
    if len(whole) > MOST_BYTES or not all(each.operator in ("$set", "$unset") and "." not in each.path for each in steps):
        return Clause("change(document,?)", [whole])
    set_ = [each for each in steps if each.operator == "$set"]
    dropped = tuple([each.path for each in steps if each.operator == "$unset"])
    sql = _setting(tuple([each.path for each in set_]), dropped)
    return Clause(sql, [*[encode(each.value) for each in set_], whole])


@lru_cache(maxsize=1024)
def _setting(names: tuple[str, ...], dropped: tuple[str, ...]) -> str:
    """Only where the document could become too large, it takes our function to say whether it does."""
    made = "document"
    if names:
        made = f"json_set({made},{','.join(f'{member(each)},json(?)' for each in names)})"
    if dropped:
        made = f"json_remove({made},{','.join(map(member, dropped))})"
    return f"CASE WHEN length(document)<={MOST_BYTES} THEN {made} ELSE change(document,?) END"
