"""Documents as JSON text that SQLite can compare: times and odd characters written so that they sort as MongoDB sorts them.

A time is `{"$date":"2026-11-22T14:03:45.123Z"}`, which no document of ours can be (keys have no `$`) and whose text sorts by
time. SQLite cuts a text at a NUL, so NUL is written as U+0001 U+0001, and U+0001 as U+0001 U+0002, which keeps the order.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any

import orjson

from persistence.documents import Document, Value
from persistence.language_values import Scalar

_TIME = '"$date"'


def encode(value: object) -> str:
    """The JSON text of a clean value."""
    text = _dump(value)
    return _dump(_escaped(value)) if "\\u0000" in text or "\\u0001" in text else text


def decode(text: str) -> Any:
    """The value that `encode` was given; times are aware, in UTC."""
    return _read(orjson.loads(text), text)


def decode_some(text: str, names: Container[str]) -> Document:
    """The fields of these names of the document that `encode` was given: the times of the others are not read."""
    some: Document = _read({name: value for name, value in orjson.loads(text).items() if name in names}, text)
    return some


def _read(value: Any, text: str) -> Any:
    if _TIME in text:
        value = _timed(value)
    return _unescaped(value) if "\\u0001" in text else value


def decode_document(text: str) -> Document:
    """The document that `encode` was given."""
    document: Document = decode(text)
    return document


def escape(text: str) -> str:
    """A text as it is kept, in the same order as before."""
    return text.replace("\1", "\1\2").replace("\0", "\1\1") if "\0" in text or "\1" in text else text


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return text.replace("\1\1", "\0").replace("\1\2", "\1") if "\1" in text else text


def comparable(value: Scalar) -> str | int | float | None:
    """A value in the form in which SQLite's `json_extract` gives it."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, datetime):
        return f'{{"$date":"{_stamp(value)}"}}'
    return value


def from_comparable(value: str | int | float | None, kind: str | None) -> Any:
    """The value behind what `json_extract` gave, with the `json_type` that it had."""
    if kind in ("true", "false"):
        return kind == "true"
    if isinstance(value, str):
        return decode(value) if kind in ("object", "array") else unescape(value)
    return value


def _dump(value: object) -> str:
    return orjson.dumps(value, default=_time_as_mapping, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _time_as_mapping(value: object) -> dict[str, str]:
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} was let through by the language")
    return {"$date": _stamp(value)}


def _stamp(at: datetime) -> str:
    """A time in UTC, to the millisecond."""
    return f"{at.isoformat(timespec='milliseconds')[:-6]}Z"


def _timed(value: Any) -> Any:
    """The value with its times read, in place."""
    if type(value) is list:
        for at, part in enumerate(value):
            if type(part) is dict or type(part) is list:
                value[at] = _timed(part)
    elif type(value) is dict:
        stamp = value.get("$date")
        if stamp is not None:
            return datetime.fromisoformat(stamp)
        for name, part in value.items():
            if type(part) is dict or (part and type(part) is list):
                value[name] = _timed(part)
    return value


def _escaped(value: Any) -> Value:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list | tuple):
        return [_escaped(each) for each in value]
    return {key: _escaped(each) for key, each in value.items()} if isinstance(value, dict) else value


def _unescaped(value: Any) -> Any:
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, list):
        return [_unescaped(each) for each in value]
    return {key: _unescaped(each) for key, each in value.items()} if isinstance(value, dict) else value
