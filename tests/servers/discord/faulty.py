"""What goes wrong with calls of the REST API because a test asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.servers.discord.shapes import Json


@dataclass(slots=True)
class Fault:
    """What goes wrong with calls whose path holds this pattern, how many times still; by default before anything is done.

    A `status` alone is an answer of Discord's proxy; with `code` it is a refusal. `everywhere`: a 429 counts for all routes.
    """

    method: str
    path: str
    status: int | None = None
    code: int = 0
    message: str = ""
    retry_after: float = 1.0
    everywhere: bool = False
    drop: Literal["before", "after"] | None = None
    delay: float = 0.0
    carried_out: bool = False
    times: int = 1
    when: Callable[[Json], bool] = lambda body: True

    def answer(self) -> tuple[Json | str, dict[str, str]]:
        """The body and the headers with which the call fails."""
        if self.status == 429:
            body: Json = {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.everywhere}
            headers = {"Retry-After": f"{self.retry_after:.3f}", "Via": "1.1 google", "X-RateLimit-Scope": "user"}
            if self.everywhere:
                headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
            return body, headers
        if self.code:
            return {"message": self.message or "Refused by the test", "code": self.code}, {}
        return f"<html><title>{self.status}</title>error code: {self.status}</html>", {}


class Faults:
    """The faults that a test asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """From now on."""
        self._faults.append(fault)

    def next(self, method: str, path: str, body: Json) -> Fault | None:
        """What goes wrong with this call."""
        for each in self._faults:
            if each.times > 0 and each.method in {"*", method} and re.search(each.path, path) and each.when(body):
                each.times -= 1
                return each
        return None

    def clear(self) -> None:
        """Everything works again."""
        self._faults.clear()
