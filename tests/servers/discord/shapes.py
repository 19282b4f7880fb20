"""The words that the parts of the stand-in share: JSON, snowflakes, times and a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

EPOCH = 1_420_070_400_000
"""The first second of 2015, in milliseconds. https://discord.com/developers/docs/reference#snowflakes"""


class Refused(Exception):
    """Discord answers with this status, and a body of `code`, `message` and, for a malformed form, `errors` by field."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def answer(self) -> Json:
        """The body of the answer."""
        return {"message": self.message, "code": self.code, **({"errors": self.errors} if self.errors else {})}

    @property
    def why(self) -> str:
        """The message, and what is wrong with which field."""
        return "; ".join([self.message, *_lines(self.errors or {}, "")])


class Impossible(AssertionError):
    """Discord's own client gives nobody a way to do this."""


def malformed(*wrong: tuple[str, str, str]) -> Refused:
    """50035 Invalid Form Body: (where, with dots between, code, message) for each field."""
    errors: Json = {}
    for where, code, message in wrong:
        inner = errors
        for part in where.split(".") if where else []:
            inner = inner.setdefault(part, {})
        inner.setdefault("_errors", []).append({"code": code, "message": message})
    return Refused(400, 50035, "Invalid Form Body", errors)


def _lines(errors: Mapping[str, Any], where: str) -> list[str]:
    found: list[str] = []
    for name, inner in errors.items():
        if name == "_errors":
            found += [f"{where}: {each['message']}" for each in inner]
        else:
            found += _lines(inner, f"{where}.{name}" if where else name)
    return found


def made_at(snowflake: str) -> float:
    """When something was made, in seconds since 1970."""
    return ((int(snowflake) >> 22) + EPOCH) / 1000


def written(seconds: float) -> str:
    """A time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
