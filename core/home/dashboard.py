"""The ways into the dashboard: a private link that works once, and then a session for that browser alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import Refusal
from core.home.dashboard_model import (
    IDLE,
    LINK_VALID,
    LINKS_AT_MOST,
    LONGEST,
    SLIDES,
    DashboardLink,
    DashboardSession,
    new_token,
    token_id,
)
from core.home.dashboard_ports import DashboardStore
from core.people.model import Person
from core.people.service import People
from core.request import Actor

SIGN_IN = "/sign-in/"
"""Where the address of a link goes on, before its token."""


class NoAddress(Refusal):
    """The dashboard cannot be reached yet. Whoever runs this bot needs to set ELEVATE_PUBLIC_URL; then send /dashboard again."""


class TooManyLinks(Refusal):
    """You have had five links in ten minutes. The newest still works; for another one, wait a few minutes."""


class LinkUnknown(Refusal):
    """This link is too old, or is not whole: each works for 10 minutes, once. Send /dashboard to the bot for a new one."""


class LinkExpired(Refusal):
    """This link is too old: each works for 10 minutes, once. Send /dashboard to the bot for a new one."""


class LinkUsed(Refusal):
    """This link was used already; each works once. Send /dashboard to the bot for a new one."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A browser that was let in, with the token that it keeps."""

    session: DashboardSession
    person: Person
    token: str = field(repr=False)


class Dashboard:
    """Gives links, takes them, and knows who is signed in."""

    def __init__(self, store: DashboardStore, people: People, key: bytes, public_url: str | None) -> None:
        """`key` is the program's secret, of 16 bytes or more."""
        self._store = store
        self._people = people
        self._key = key
        self._url = public_url.rstrip("/") if public_url else None

    @property
    def url(self) -> str | None:
        """Where the dashboard is reached, without a slash at its end; None where it is not."""
        return self._url

    def served_at(self, url: str) -> None:
        """From now on it is reached there: this program serves it to this machine alone."""
        self._url = url.rstrip("/")

    async def link(self, person: Person, actor: Actor, at: datetime) -> str:
        """An address that signs the person in, once, for the next ten minutes.

        Raises:
            NoAddress: no address of the dashboard is known.
            TooManyLinks: the person was given too many just now.
        """
        if self._url is None:
            raise NoAddress()
        if await self._store.recent(person, at - LINK_VALID) >= LINKS_AT_MOST:
            raise TooManyLinks()
        token = new_token()
        kept = DashboardLink(
            id=self._link_id(token),
            person_id=person.id,
            organization_id=person.organization_id,
            identity=actor.identity,
            created_at=at,
            expires_at=at + LINK_VALID,
        )
        await self._store.give(person, kept)
        return f"{self._url}{SIGN_IN}{token}"

    async def whose(self, token: str, at: datetime) -> Person:
        """Whom the link would sign in; it is not used up by that.

        Raises:
            LinkUnknown, LinkExpired, LinkUsed: it would sign in nobody.
        """
        return (await self._looked_up(token, at))[1]

    async def enter(self, token: str, at: datetime) -> Entered:
        """Use the link up, and let the browser in.

        Raises:
            LinkUnknown, LinkExpired, LinkUsed: as `whose`.
        """
        link, person = await self._looked_up(token, at)
        if not await self._store.use(link, at):
            raise LinkUsed()
        return await self._entered(person, link.identity, at)

    async def admit(self, actor: Actor, at: datetime) -> Entered:
        """Let a browser in without a link: for whoever sits at the very machine."""
        return await self._entered(await self._people.meet(actor, at), actor.identity, at)

    async def session(self, token: str, at: datetime) -> Entered | None:
        """The session of this token with its person, or None where it has ended or never was."""
        session = await self._store.session(self._session_id(token))
        if session is None or at >= session.expires_at:
            return None
        person = await self._people.by_id(session.person_id)
        if person is None or session.identity not in person.identities:
            return None
        if at - session.seen_at >= SLIDES:
            await self._store.seen(session, at, min(at + IDLE, session.ends_at))
        return Entered(session, person, token)

    async def still(self, session: DashboardSession, at: datetime) -> bool:
        """Whether the session has not been ended."""
        found = await self._store.session(session.id)
        return found is not None and at < found.expires_at

    async def browsers(self, person: Person, at: datetime) -> Sequence[DashboardSession]:
        """The browsers in which the person's account is signed in, the last used first."""
        found = await self._store.of(await self._people.of_account(person))
        return sorted((each for each in found if at < each.expires_at), key=lambda each: each.seen_at, reverse=True)

    async def leave(self, session: DashboardSession) -> None:
        """Sign this browser out."""
        await self._store.close(session)

    async def leave_everywhere(self, person: Person) -> int:
        """Sign every browser of the person's account out, this one too; returns how many there were."""
        return await self._store.close_all(await self._people.of_account(person))

    async def _looked_up(self, token: str, at: datetime) -> tuple[DashboardLink, Person]:
        link = await self._store.link(self._link_id(token))
        if link is None:
            raise LinkUnknown()
        if link.used_at is not None:
            raise LinkUsed()
        if at >= link.expires_at:
            raise LinkExpired()
        person = await self._people.by_id(link.person_id)
        if person is None:
            raise LinkUnknown()
        return link, person

    async def _entered(self, person: Person, identity: str, at: datetime) -> Entered:
        token = new_token()
        session = DashboardSession(
            id=self._session_id(token),
            person_id=person.id,
            organization_id=person.organization_id,
            identity=identity,
            created_at=at,
            seen_at=at,
            expires_at=at + IDLE,
            ends_at=at + LONGEST,
        )
        await self._store.open(person, session)
        return Entered(session, person, token)

    def _link_id(self, token: str) -> str:
        return token_id("dln", token, self._key)

    def _session_id(self, token: str) -> str:
        return token_id("dss", token, self._key)
