"""Which page of which form a modal shows, and where it was asked for: what Slack keeps with the modal for us."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bots.payload import Payload, inner
from bots.slack.payload import count, ident


@dataclass(frozen=True, slots=True)
class Sheet:
    """A modal of ours. `form` is the id under which the packed form is kept; `page` counts from 0.

    `again` counts how often the same fields were shown: Slack keeps what stands in an input whose ids stay the same, and at times
    sends nothing for one whose first value changed (https://github.com/slackapi/bolt-js/issues/1073), so that the ids change with
    it. `channel`, `thread` and `response_url` say where the form was asked for, and so where its answer goes.
    """

    form: str
    page: int = 0
    again: int = 0
    channel: str = ""
    thread: str = ""
    response_url: str = ""

    def written(self) -> str:
        """The modal's private_metadata: of Slack's 3,000 characters this takes some 300."""
        asked = {"c": self.channel, "t": self.thread, "r": self.response_url}
        return json.dumps({"f": self.form, "p": self.page, "n": self.again, "o": asked}, separators=(",", ":"))


def read_sheet(text: str) -> Sheet | None:
    """What was written with a modal, or None where it is none of our forms."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or not ident(kept, "f"):
        return None
    asked: Payload = inner(kept, "o")
    channel, thread, url = (ident(asked, name) for name in ("c", "t", "r"))
    return Sheet(ident(kept, "f"), count(kept, "p"), count(kept, "n"), channel, thread, url)
