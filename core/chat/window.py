"""How much of a talk is sent along: it only grows, until its older part goes at once, so that the cache holds in between."""

from __future__ import annotations

from collections.abc import Sequence

from core.chat.model import Message, ParticipantMessage
from core.errors import ModelDeclined

DECLINED = ModelDeclined.__name__
TALK_AT_MOST = 32_000
"""Characters of earlier talk, about 8,000 tokens: from here on the older part is summed up."""
KEPT = 12_000
"""Characters of the newest talk that stay when that is done: the cache is lost once, and then holds for 20,000 more."""
FULL = 44_000
"""Characters from which the older part goes though no summary could be made."""
MESSAGES_AT_MOST = 120
"""Messages that are sent along at most, however short they are."""
LINE_AT_MOST = 4_000
"""Characters of one earlier line; what is longer is cut there."""
SHORT = 6_000
"""Characters of the newest talk that stay where the model found the request too long."""


def spoken(said: Sequence[Message]) -> list[ParticipantMessage]:
    """What was said and not taken back; without what the model declined to answer, since it would decline all that follows.

    https://platform.claude.com/docs/en/test-and-evaluate/strengthen-guardrails/handle-streaming-refusals
    """
    there = [each for each in said if isinstance(each, ParticipantMessage) and each.withdrawn_at is None]
    answered = {each.in_reply_to for each in there if not each.incomplete}
    declined = {_declined(each) for each in said} - answered - {None}
    return [each for each in there if each.id not in declined and each.in_reply_to not in declined]


def _declined(said: Message) -> str | None:
    """The message that the model declined to answer, where this tells of it."""
    if isinstance(said, ParticipantMessage):
        return said.in_reply_to if said.metadata.get("trouble") == DECLINED else None
    return said.meta.get("inReplyTo") if said.meta.get("trouble") == DECLINED else None


def size_of(said: Sequence[ParticipantMessage]) -> int:
    """Characters, as far as they are sent."""
    return sum(min(len(each.content), LINE_AT_MOST) for each in said)


def is_full(said: Sequence[ParticipantMessage]) -> bool:
    """Whether the older part has to go, summed up or not."""
    return size_of(said) > FULL or len(said) > MESSAGES_AT_MOST


def newest(said: Sequence[ParticipantMessage], at_most: int = KEPT) -> int:
    """The index from which on the messages stay: the newest that fit, beginning with a person's where there is one."""
    left, first = at_most, len(said)
    for index in range(len(said) - 1, -1, -1):
        left -= min(len(said[index].content), LINE_AT_MOST)
        if left < 0 or len(said) - index > MESSAGES_AT_MOST // 2:
            break
        first = index
    asked = (index for index in range(first, len(said)) if said[index].author_kind == "user")
    return next(asked, first)
