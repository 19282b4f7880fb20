"""What the log may hold: fixed events in the past tense, and fields that never carry what people wrote."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import SHIPPED, Source, calls, dotted, sources

LEVELS = {"log.debug", "log.info", "log.warning", "log.error", "log.critical", "log.exception", "log.log"}
TOLD = {
    "text",
    "texts",
    "word",
    "words",
    "value",
    "values",
    "content",
    "token",
    "key",
    "secret",
    "password",
    "email",
    "name",
    "body",
}
PAST = (
    "ed",
    "failed",
    "lost",
    "done",
    "left",
    "kept",
    "held",
    "begun",
    "ended",
    "broken",
    "sent",
    "read",
    "found",
    "gone",
    "told",
    "waiting",
    "drawn",
    "given",
    "shown",
    "known",
    "understood",
    "said",
    "put off",
    "left off",
)


def _events() -> Iterator[tuple[Source, ast.Call]]:
    for source in sources(*SHIPPED):
        for name, call in calls(source):
            if name in LEVELS:
                yield source, call


def test_something_is_logged() -> None:
    assert sum(1 for _ in _events()) > 10


def test_events_are_fixed_and_in_the_past_tense() -> None:
    wrong = []
    for source, call in _events():
        event = call.args[-1]
        fixed = isinstance(event, ast.Constant) and isinstance(event.value, str) and len(call.args) == _places(call)
        if not fixed or not isinstance(event, ast.Constant) or not _past(str(event.value)):
            wrong.append(source.at(call))
    assert wrong == []


def test_no_field_carries_what_people_wrote() -> None:
    wrong = [
        f"{source.at(call)} {field}"
        for source, call in _events()
        for keyword in call.keywords
        for field in ([keyword.arg] if keyword.arg != "extra" else _keys(keyword.value))
        if field in TOLD
    ]
    assert wrong == []


def _places(call: ast.Call) -> int:
    """The event, and before it the level where the method does not say it."""
    return 2 if dotted(call.func) == "log.log" else 1


def _past(event: str) -> bool:
    return event == event.casefold() and any(word.endswith(PAST) for word in event.split())


def _keys(value: ast.expr) -> list[str]:
    keys = value.keys if isinstance(value, ast.Dict) else []
    return [str(each.value) for each in keys if isinstance(each, ast.Constant)]
