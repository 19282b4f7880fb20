"""The words that the parts of the stand-in share: JSON and a refusal."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema_rs

Json: TypeAlias = dict[str, Any]


class Refused(Exception):
    """Slack answers `ok: false` with this error; `messages` say what is wrong, `more` stands beside it in the answer."""

    def __init__(self, error: str, *messages: str, **more: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages
        self.more = more

    def answer(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {each}" for each in self.messages]}
        return body


class Impossible(AssertionError):
    """Slack's own client gives nobody a way to do this."""


@cache
def checker(schema: str, name: str) -> jsonschema_rs.Validator:
    """The validator of a published description, or of one definition: ("slack-events", "AppMentionEvent")."""
    path = Path(__file__).with_name(f"{schema}.schema.json")
    described = json.loads(path.read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for({**described, "$ref": f"#/definitions/{name}"} if name else described)


def faults(schema: str, name: str, value: Any) -> list[tuple[str, str]]:
    """What a published description has against a value: (where, as a JSON pointer; what)."""
    found = []
    for each in checker(schema, name).iter_errors(value):
        found.append(("".join(f"/{part}" for part in each.instance_path), str(each.message)[:200]))
    return found
