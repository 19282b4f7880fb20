"""Who somebody is: events tell an id alone, so Slack is asked for name, time zone and locale, and the answer kept for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bots.payload import Payload, inner, words
from bots.slack.api import Api
from bots.slack.installed import Installed
from core.errors import Trouble
from core.request import Actor

log = structlog.get_logger()

KNOWN_FOR = timedelta(hours=6)
"""People move and marry, but not within an afternoon."""
ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""Where Slack would not say."""
REMEMBERED_AT_MOST = 10_000


class Acquaintances:
    """The people of every workspace."""

    def __init__(self, api: Api, installed: Installed | None, now: Callable[[], datetime]) -> None:
        """`installed` knows who installed the bot where; without it, as with a token of one's own, the workspace's owner did."""
        self._api = api
        self._installed = installed
        self._now = now
        self._known: dict[str, tuple[Actor, datetime]] = {}

    async def acquaint(self, actor: Actor) -> Actor:
        """The actor with name, time zone and locale, as far as Slack tells."""
        known, until = self._known.get(actor.identity, (None, None))
        if known is not None and until is not None and self._now() < until:
            return known
        try:
            told = await self._api.call(actor.workspace, "users.info", user=actor.user, include_locale=True)
        except Trouble as trouble:  # they are served all the same, under the name that we have
            log.info("slack user not known", trouble=type(trouble).__name__)
            return self._remembered(known or actor, ASKED_AGAIN_AFTER)
        user = inner(told, "user")
        completed = replace(_completed(actor, user), installer=await self._installs(actor, user))
        return self._remembered(completed, KNOWN_FOR)

    async def _installs(self, actor: Actor, user: Payload) -> bool:
        """https://docs.slack.dev/reference/objects/user-object says what an owner is."""
        if self._installed is None:
            return user.get("is_primary_owner") is True
        held = await self._installed.holding(None, actor.workspace)
        return held is not None and held.installation.installed_by == actor.user

    def _remembered(self, actor: Actor, span: timedelta) -> Actor:
        while len(self._known) >= REMEMBERED_AT_MOST:
            del self._known[next(iter(self._known))]
        self._known[actor.identity] = (actor, self._now() + span)
        return actor


def _completed(actor: Actor, user: Payload) -> Actor:
    """The name is the one that others see: https://docs.slack.dev/reference/objects/user-object"""
    name = name_of(user) or actor.name
    return replace(actor, name=name, timezone=words(user, "tz") or actor.timezone, locale=words(user, "locale") or actor.locale)


def name_of(user: Payload) -> str:
    """The name that others see; "" where there is none."""
    profile = inner(user, "profile")
    names = (words(profile, "display_name"), words(profile, "real_name"), words(user, "real_name"), words(user, "name"))
    return next((each for each in names if each.strip()), "")
