"""What pressing something does, as the short text that Slack keeps behind a button or an option."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bots.slack.posts import as_json
from core.request import Typed
from core.ui import Call

CALL = "call"
"""The action id of everything that can be pressed, with a number after it: within a message each has its own."""


class NotACall(ValueError):
    """The text is none of ours: from another version, or from somebody who wrote it by hand."""


def written(call: Call) -> str:
    """The call as text; a call is at most 100 characters in it (a house test), Slack's option values hold 150."""
    kept: dict[str, object] = {"c": call.command}
    if call.values:
        kept["v"] = dict(call.values)
    if call.form:
        kept["f"] = 1
    if call.words:
        kept["w"] = call.words
    return as_json(kept)


def read(text: str) -> Call:
    """The call that was written.

    Raises:
        NotACall: it is none.
    """
    try:
        kept = json.loads(text)
    except ValueError:
        raise NotACall(text) from None
    if not isinstance(kept, dict) or not isinstance(kept.get("c"), str):
        raise NotACall(text)
    values = kept.get("v", {})
    return Call(kept["c"], _values(values), form=bool(kept.get("f")), words=str(kept.get("w", "")))


def _values(values: object) -> Mapping[str, Typed]:
    if not isinstance(values, dict):
        raise NotACall(str(values))
    return {str(name): tuple(map(str, value)) if isinstance(value, list) else str(value) for name, value in values.items()}
