"""Who is where in Slack: those in a channel, who somebody is, and whose an e-mail address is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from bots.payload import Payload, inner, items, words
from bots.slack.acquaintances import name_of
from bots.slack.api import Api
from bots.slack.payload import count, ident
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.troubles import SlackRefused, SlackTrouble
from core.cohort.ports import CannotSee, Present, RosterAway
from core.request import Address

PAGE = 200
"""The most that Slack recommends, of channels' members and of users. https://docs.slack.dev/apis/web-api/pagination"""
ONE_BY_ONE = 40
"""So many are asked for each by themselves (`users.info`, 100 a minute); more are found in the list of everybody, 200 a call."""
MARKS = frozenset({"is_bot", "is_workflow_bot", "is_stranger", "deleted"})
"""Of programs, of people whom this workspace does not know, and of those who have left it.

https://docs.slack.dev/reference/objects/user-object
"""
SLACKBOT = "USLACKBOT"

INVITE = "I am not in that channel. Write /invite @Elevate in it, then /cohort here once more."
CHANNEL = (
    "This installation of Elevate may not see who is in a channel: it lacks the scope {}. Whoever runs Elevate adds it (`elevate "
    "check` says how); then say /cohort here once more."
)
EMAIL = (
    "This installation of Elevate may not look up e-mail addresses: it lacks the scope users:read.email. Whoever runs Elevate "
    "adds it (`elevate check` says how); then send the list once more, or add a column Account."
)


class SlackRoster:
    """Implements `core.cohort.ports.Roster`."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def size(self, place: Address) -> int:
        """How many are in the channel."""
        told = await self._asked(place, "conversations.info", channel=place.channel, include_num_members=True)
        channel = inner(told, "channel")
        if channel.get("is_member") is not True:  # public, so that it can be seen from outside; but nothing is heard of it
            raise CannotSee(INVITE)
        return count(channel, "num_members")

    async def people(self, place: Address) -> Sequence[Present]:
        """Everybody who is in the channel."""
        there = [each async for page in self._pages(place, "conversations.members", channel=place.channel) for each in _ids(page)]
        if len(there) <= ONE_BY_ONE:
            met = [await self.person(place, each) for each in there]
            return [each for each in met if each is not None]
        wanted = dict.fromkeys(there)
        listed = [each async for each in self._everybody(place) if ident(each, "id") in wanted]
        return [found for each in listed if (found := _present(each, place.workspace)) is not None]

    async def person(self, place: Address, user: str) -> Present | None:
        """The account, or None where it is nobody of the workspace's own people."""
        try:
            told = await self._asked(place, "users.info", user=user)
        except SlackRefused:
            return None  # Slack does not show them to us
        return _present(inner(told, "user"), place.workspace)

    async def accounts(self, place: Address, emails: Sequence[str]) -> Mapping[str, Present]:
        """The accounts of the workspace that have these addresses, by the address."""
        wanted = list(dict.fromkeys(each.casefold() for each in emails))
        first, rest = wanted[:ONE_BY_ONE], wanted[ONE_BY_ONE:]
        found = {each: named for each in first if (named := await self._with(place, each)) is not None}
        if rest:
            missing = frozenset(rest)
            async for user in self._everybody(place):
                email = words(inner(user, "profile"), "email").casefold()
                present = _present(user, place.workspace)
                if email in missing and present is not None:
                    found[email] = present
        return found

    async def _with(self, place: Address, email: str) -> Present | None:
        try:
            told = await self._asked(place, "users.lookupByEmail", email=email)
        except SlackRefused:
            return None
        return _present(inner(told, "user"), place.workspace)

    async def _everybody(self, place: Address) -> AsyncIterator[Payload]:
        async for page in self._pages(place, "users.list"):
            for each in items(page, "members"):
                yield each

    async def _pages(self, place: Address, method: str, **arguments: object) -> AsyncIterator[Payload]:
        cursor = ""
        while True:
            page = await self._asked(place, method, limit=PAGE, cursor=cursor or None, **arguments)
            yield page
            cursor = words(inner(page, "response_metadata"), "next_cursor")
            if not cursor:
                return

    async def _asked(self, place: Address, method: str, **arguments: object) -> Payload:
        """Slack's answer. `SlackRefused` where it knows nobody of that name.

        Raises:
            CannotSee: it will not say.
            RosterAway: it does not say now.
        """
        try:
            return await self._api.call(place.workspace, method, **arguments)
        except SlackRefused as refused:
            match REMEDIES.get(refused.code):
                case Remedy.SCOPE:
                    raise CannotSee(_scope(method, refused.needed)) from None
                case Remedy.ELSEWHERE:
                    raise CannotSee(INVITE) from None
                case _:
                    raise
        except SlackTrouble:
            raise RosterAway() from None


def _scope(method: str, needed: str) -> str:
    if method == "users.lookupByEmail":
        return EMAIL
    return CHANNEL.format(needed.partition(",")[0].strip() or "channels:read")


def _ids(page: Payload) -> list[str]:
    found = page.get("members")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _present(user: Payload, team: str) -> Present | None:
    """Somebody of the workspace's own people. With Slack Connect those of other workspaces are in its channels too."""
    id = ident(user, "id")
    if not id or id == SLACKBOT or any(user.get(each) is True for each in MARKS) or not _own(user, team):
        return None
    return Present(id, name_of(user) or id, words(user, "tz") or None)


def _own(user: Payload, team: str) -> bool:
    """Whether they are in the workspace: in an organization of several, `enterprise_user` names all in which they are."""
    wide = inner(user, "enterprise_user")
    teams = wide.get("teams")
    home = ident(user, "team_id")
    return not home or team in (home, ident(wide, "enterprise_id"), *(teams if isinstance(teams, list) else ()))
