"""Who somebody is: events tell an id alone, so Slack is asked for name, time zone and locale, and the answer kept for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bots.payload import Payload, inner, words
from bots.slack.api import Api
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

    def __init__(self, api: Api, now: Callable[[], datetime]) -> None:
        self._api = api
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
        return self._remembered(_completed(actor, inner(told, "user")), KNOWN_FOR)

    def _remembered(self, actor: Actor, span: timedelta) -> Actor:
        while len(self._known) >= REMEMBERED_AT_MOST:
            del self._known[next(iter(self._known))]
        self._known[actor.identity] = (actor, self._now() + span)
        return actor


def _completed(actor: Actor, user: Payload) -> Actor:
    """The name is the one that others see: https://docs.slack.dev/reference/objects/user-object"""
    profile = inner(user, "profile")
    names = (words(profile, "display_name"), words(profile, "real_name"), words(user, "real_name"), words(user, "name"))
    name = next((each for each in names if each.strip()), actor.name)
    return replace(actor, name=name, timezone=words(user, "tz") or actor.timezone, locale=words(user, "locale") or actor.locale)
