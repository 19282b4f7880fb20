"""What goes to Slack: a message in Slack's terms, and what of the newer terms a workspace understands."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import orjson

from core.request import File

Block: TypeAlias = dict[str, Any]
"""A block of Block Kit, as it goes over the wire."""


class Feature(StrEnum):
    """A newer thing of Slack's, which a workspace may not have. Each has a plainer way beside it."""

    CHART = "chart"  # `data_visualization` blocks
    TABLE = "table"  # table blocks
    MARKDOWN = "markdown"  # markdown blocks
    STREAM = "stream"  # chat.startStream and what follows it
    SESSION = "session"  # agents.sessions.setStatus
    STATUS = "status"  # assistant.threads.setStatus
    FEEDBACK = "feedback"  # context_actions blocks
    PLAN = "plan"  # plan blocks
    REACTION = "reaction"  # a sign on what somebody wrote: the scope `reactions:write`
    FACE = "face"  # an agent's own name and face: the scope `chat:write.customize`
    BLOCKS = "blocks"  # any block at all: without it, text alone


@dataclass(frozen=True, slots=True)
class Post:
    """One message. `text` stands where blocks cannot be shown, and is what a screen reader and a notification read.

    `pictures` have to be uploaded first: an image block refers to the first of them as `{"slack_file": {"id": "picture:0"}}`.
    `files` are handed over with the message.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    pictures: tuple[File, ...] = field(default=())
    files: tuple[File, ...] = field(default=())


PICTURE = "picture:"
"""What stands in an image block for the id of a picture that is not uploaded yet, with its number after it."""


def as_json(value: object) -> str:
    """What goes over the wire, at once; where half of a surrogate pair is in it, with that spelt out, as Slack takes it."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value)
