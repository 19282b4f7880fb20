"""What is done about each error of Slack's, and what of the newer things each workspace has refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bots.slack.posts import Block, Feature, Post
from bots.slack.troubles import SlackRefused
from core.holding import Clock

log = structlog.get_logger()


class Remedy(StrEnum):
    """What is done."""

    PLAINER = "plainer"  # the same again, without the newest thing in it, step by step down to text
    ELSEWHERE = "elsewhere"  # not there: an answer goes to the person directly, a letter cannot be delivered
    UNREACHABLE = "unreachable"  # this person cannot be written to
    GONE = "gone"  # we are not installed there any more
    CLOSED = "closed"  # the workspace's token is refused
    SCOPE = "scope"  # a permission is missing: the thing that needs it is off
    WAIT = "wait"  # trouble on Slack's side, that passes
    UNSUPPORTED = "unsupported"  # the method or a way of using it is not to be had here
    OVER = "over"  # the stream has ended: what was not shown goes into a new one
    STOPPED = "stopped"  # the person stopped the stream
    MISSING = "missing"  # the message or file is not there any more
    FROZEN = "frozen"  # the message cannot be changed any more


REMEDIES: Mapping[str, Remedy] = {
    "invalid_blocks": Remedy.PLAINER,
    "invalid_blocks_format": Remedy.PLAINER,
    "invalid_attachments": Remedy.PLAINER,
    "msg_blocks_too_long": Remedy.PLAINER,
    "msg_too_long": Remedy.PLAINER,
    "invalid_chunks": Remedy.PLAINER,
    "channel_not_found": Remedy.ELSEWHERE,
    "is_archived": Remedy.ELSEWHERE,
    "not_in_channel": Remedy.ELSEWHERE,
    "restricted_action": Remedy.ELSEWHERE,
    "restricted_action_read_only_channel": Remedy.ELSEWHERE,
    "restricted_action_thread_only_channel": Remedy.ELSEWHERE,
    "restricted_action_non_threadable_channel": Remedy.ELSEWHERE,
    "restricted_action_thread_locked": Remedy.ELSEWHERE,
    "thread_not_found": Remedy.ELSEWHERE,
    "user_not_in_channel": Remedy.ELSEWHERE,
    "team_access_not_granted": Remedy.ELSEWHERE,
    "cannot_dm_bot": Remedy.UNREACHABLE,
    "user_disabled": Remedy.UNREACHABLE,
    "user_not_found": Remedy.UNREACHABLE,
    "users_not_found": Remedy.UNREACHABLE,
    "user_not_visible": Remedy.UNREACHABLE,
    "messages_tab_disabled": Remedy.UNREACHABLE,
    "account_inactive": Remedy.GONE,
    "token_revoked": Remedy.GONE,
    "app_uninstalled": Remedy.GONE,
    "team_not_found": Remedy.GONE,
    "invalid_auth": Remedy.CLOSED,
    "not_authed": Remedy.CLOSED,
    "token_expired": Remedy.CLOSED,
    "access_denied": Remedy.CLOSED,
    "missing_scope": Remedy.SCOPE,
    "internal_error": Remedy.WAIT,
    "fatal_error": Remedy.WAIT,
    "service_unavailable": Remedy.WAIT,
    "request_timeout": Remedy.WAIT,
    "fetch_members_failed": Remedy.WAIT,
    "team_added_to_org": Remedy.WAIT,
    "unknown_method": Remedy.UNSUPPORTED,
    "method_deprecated": Remedy.UNSUPPORTED,
    "feature_not_enabled": Remedy.UNSUPPORTED,
    "method_not_supported_for_channel_type": Remedy.UNSUPPORTED,
    "channel_type_not_supported": Remedy.UNSUPPORTED,
    "not_allowed_token_type": Remedy.UNSUPPORTED,
    "ekm_access_denied": Remedy.UNSUPPORTED,
    "message_not_in_streaming_state": Remedy.OVER,
    "stopped_by_user": Remedy.STOPPED,
    "message_not_found": Remedy.MISSING,
    "file_not_found": Remedy.MISSING,
    "cant_update_message": Remedy.FROZEN,
    "edit_window_closed": Remedy.FROZEN,
    "streaming_state_conflict": Remedy.FROZEN,
}
"""By Slack's error. What stands in none of the lines is a trouble that the person is told of, with the error in the log."""

SCOPES: Mapping[str, Feature] = {
    "chat:write.customize": Feature.FACE,
    "assistant:write": Feature.STATUS,
    "reactions:write": Feature.REACTION,
}
"""What is off without a permission."""
TRIED_AGAIN_AFTER = timedelta(hours=1)
"""A workspace may have been given what it had not; until then nothing is tried that it refused."""

SHOWN_BY: Mapping[Feature, frozenset[str]] = {
    Feature.CHART: frozenset({"data_visualization"}),
    Feature.TABLE: frozenset({"table", "data_table"}),
    Feature.FEEDBACK: frozenset({"context_actions"}),
    Feature.PLAN: frozenset({"plan"}),
    Feature.MARKDOWN: frozenset({"markdown"}),
}
"""The types of blocks that a feature is shown by, the newest first."""


class Abilities:
    """What each workspace has refused, as far as this process knows."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._refused: defaultdict[str, dict[Feature, datetime]] = defaultdict(dict)

    def without(self, team: str) -> frozenset[Feature]:
        """What need not be tried there."""
        now = self._now()
        return frozenset(each for each, until in self._refused.get(team, {}).items() if until > now)

    def refuse(self, team: str, feature: Feature, error: str = "") -> None:
        """The workspace does not have it."""
        self._refused[team][feature] = self._now() + TRIED_AGAIN_AFTER
        log.warning("slack feature refused", team=team, feature=feature.value, error=error)

    def refused(self, team: str, refusal: SlackRefused) -> Feature | None:
        """The feature that goes without the permission that is missing, which is then off; None where it is about another."""
        feature = SCOPES.get(refusal.needed) if REMEDIES.get(refusal.code) is Remedy.SCOPE else None
        if feature is not None:
            self.refuse(team, feature, f"missing_scope {refusal.needed}")
        elif REMEDIES.get(refusal.code) is Remedy.SCOPE:
            log.error("slack scope missed", team=team, needed=refusal.needed)
        return feature


def plainer(post: Post, refusal: SlackRefused, without: Iterable[Feature]) -> Feature | None:
    """What to leave out of a post that was refused: what the refusal points at, else the newest that is in it, in the end all
    blocks. None where there is nothing left to leave out, or that would be no remedy."""
    if REMEDIES.get(refusal.code) is not Remedy.PLAINER or not post.blocks:
        return None
    pointed = [post.blocks[at] for at in map(_block, refusal.places) if at is not None and at < len(post.blocks)]
    for blocks in (pointed, post.blocks):
        for feature, types in SHOWN_BY.items():
            if feature not in without and any(types & _types(each) for each in blocks):
                return feature
    return Feature.BLOCKS


def _block(pointer: str) -> int | None:
    """The number of the block that a pointer such as `/blocks/3/text` leads into."""
    parts = pointer.split("/")
    return int(parts[2]) if len(parts) > 2 and parts[1] == "blocks" and parts[2].isdigit() else None


def _types(block: Block) -> set[str]:
    """The types of a block and of those inside it."""
    inside = block.get("child_blocks") or block.get("elements")
    found = {str(block.get("type"))}
    return found.union(*(_types(each) for each in inside if isinstance(each, dict))) if isinstance(inside, list) else found
