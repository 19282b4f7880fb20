"""The mark that our messages carry unseen, by which they are found again."""

from __future__ import annotations

from dataclasses import dataclass, field

import structlog

from bots.payload import Payload, inner, items, words
from bots.slack.api import Api
from bots.slack.payload import count, ident
from bots.slack.posts import Block
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.troubles import SlackRefused

log = structlog.get_logger()

EVENT = "elevate_answer"
PAGE = 200
PAGES_AT_MOST = 5
"""Looked through for a mark: of a thread all that anybody will have written, of a channel the newest page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`part` (from 1) of so many that make up the message with this key."""

    key: str = field(repr=False)
    part: int = 1
    of: int = 1

    @property
    def metadata(self) -> Block:
        """As Slack keeps it."""
        return {"event_type": EVENT, "event_payload": {"key": self.key, "part": self.part, "of": self.of}}


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a message is there: the time stamps by part."""

    parts: dict[int, str]
    of: int = 1

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing."""
        return len(self.parts) >= self.of


async def look(api: Api, team: str, channel: str, thread: str, key: str) -> Seen:
    """What was posted there with this key. Where we may not read, nothing is found.

    Raises:
        SlackTrouble: Slack does not answer.
    """
    parts: dict[int, str] = {}
    of, cursor = 1, None
    for _ in range(PAGES_AT_MOST if thread else 1):
        page = await _page(api, team, channel, thread, cursor)
        for message in items(page, "messages"):
            mark = _read(message)
            if mark is not None and mark.key == key:
                parts[mark.part], of = ident(message, "ts"), mark.of
        cursor = words(inner(page, "response_metadata"), "next_cursor") or None
        if cursor is None or (parts and len(parts) >= of):
            break
    return Seen(parts, of)


async def growing(api: Api, team: str, channel: str, thread: str, known: frozenset[str]) -> str | None:
    """The message of ours in the thread that still streams and is none of the known; None where there is none, or none is told.

    Raises:
        SlackTrouble: Slack does not answer.
    """
    cursor = None
    for _ in range(PAGES_AT_MOST):
        page = await _page(api, team, channel, thread, cursor, oldest=max(known, default=None))
        for message in items(page, "messages"):
            ts = ident(message, "ts")
            if words(message, "streaming_state") == "in_progress" and ident(message, "bot_id") and ts not in known:
                return ts
        cursor = words(inner(page, "response_metadata"), "next_cursor") or None
        if cursor is None:
            break
    return None


async def _page(api: Api, team: str, channel: str, thread: str, cursor: str | None, oldest: str | None = None) -> Payload:
    method = "conversations.replies" if thread else "conversations.history"
    arguments: dict[str, object] = {"channel": channel, "limit": PAGE, "include_all_metadata": True, "cursor": cursor}
    try:
        return await api.call(team, method, **arguments, ts=thread or None, oldest=oldest)
    except SlackRefused as refused:
        if REMEDIES.get(refused.code) not in (Remedy.SCOPE, Remedy.ELSEWHERE):
            raise
        log.warning("slack mark not read", team=team, error=refused.code, needed=refused.needed)
        return {}


def _read(message: Payload) -> Mark | None:
    metadata = inner(message, "metadata")
    if words(metadata, "event_type") != EVENT:
        return None
    carried = inner(metadata, "event_payload")
    return Mark(words(carried, "key"), count(carried, "part") or 1, count(carried, "of") or 1)
