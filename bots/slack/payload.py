"""What comes from Slack, read without trust: a string is a string and an id is an id, or it is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bots.payload import Payload, inner, items

ID = re.compile(r"[!-~]{1,255}")
"""Ids, time stamps, triggers and callback ids are ASCII without spaces; the longest that an app may choose has 255 characters."""
TS = re.compile(r"(\d{1,11})\.(\d{1,6})")


class Junk(ValueError):
    """What came is none of Slack's payloads, or half of one. The message names what is missing, and nothing that came."""


def payload(came: object) -> Payload:
    """An object.

    Raises:
        Junk: it is something else.
    """
    if not isinstance(came, Mapping):
        raise Junk("no object")
    return came


def ident(of: Payload, name: str) -> str:
    """An id; "" where there is none."""
    found = of.get(name)
    return found if isinstance(found, str) and ID.fullmatch(found) else ""


def needed(of: Payload, name: str, where: str = "payload") -> str:
    """An id that has to be there.

    Raises:
        Junk: it is not.
    """
    found = ident(of, name)
    if not found:
        raise Junk(f"{where} without {name}")
    return found


def count(of: Payload, name: str) -> int:
    """A whole number from 0 up; 0 where there is none."""
    found = of.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else 0


def moment(ts: str) -> datetime:
    """A time stamp of Slack's (`1355517523.000005`, seconds since 1970) as aware UTC.

    Raises:
        Junk: it is none.
    """
    found = TS.fullmatch(ts)
    if not found:
        raise Junk("no time stamp")
    seconds, fraction = found.groups()
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=int(fraction.ljust(6, "0")))


def installed_in(came: Payload) -> str:
    """The workspace whose installation is meant: where the app answers, which in a shared channel need not be the speaker's.

    A modal names it. An event comes for one installation (`authorizations` holds exactly one), which is without a team where a
    whole organization installed the app; then the workspace of the event counts. In interactions of such an app `team` may be
    null, and `user.team_id` the organization's own id, which begins with E.
    https://docs.slack.dev/enterprise/organization-ready-apps and https://docs.slack.dev/reference/interaction-payloads

    Raises:
        Junk: none is named.
    """
    first = ""
    for team in _teams(came):
        if team.startswith("T"):
            return team
        first = first or team
    if not first:
        raise Junk("payload without a team")
    return first


def _teams(came: Payload) -> Iterator[str]:
    """Whatever is named as a workspace or an organization, the surest first; "" where a place names none."""
    yield ident(inner(came, "view"), "app_installed_team_id")
    yield ident(next(iter(items(came, "authorizations")), {}), "team_id")
    yield ident(inner(came, "team"), "id")
    yield ident(came, "team_id")
    yield ident(inner(came, "event"), "team")
    yield ident(inner(came, "user"), "team_id")
    yield ident(inner(came, "view"), "team_id")
    yield ident(inner(came, "enterprise"), "id")
    yield ident(came, "enterprise_id")


def is_direct(channel: str) -> bool:
    """Whether a conversation is one person's with the bot: a direct message's id begins with D, `@` and an id stand for it."""
    return channel.startswith(("D", "@"))
