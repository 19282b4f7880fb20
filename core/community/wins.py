"""Wins: whoever closes a module or puts something live is asked once whether the others may hear of it, and decides by a tap."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from core.assets.model import Asset
from core.cohort.service import Cohorts
from core.community import win_views
from core.community.model import WIN_AT_MOST, Win
from core.community.ports import WinStore
from core.course.modules import Module
from core.errors import NotFound, Refusal
from core.ids import made_id
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of
from core.request import Address

SETTING, NEVER, ALWAYS = "winsAsked", "never", "always"
LATE = timedelta(hours=12)
"""After so long the question, or the win, is of no use any more."""

log = structlog.get_logger()


class NoSuchWin(NotFound):
    """That is not there any more. The next module that you close, or the next thing that goes live, is asked about again."""


class ToldBefore(Refusal):
    """The others have heard of that one already."""


class NothingSaid(Refusal):
    """Write at least a word."""


class NowhereToTell(Refusal):
    """Your cohort has no channel where that could be told. Ask your coach to say /cohort here in one."""


class Wins:
    """What students tell the others. Only they themselves do: a win is found for the person alone whose it is."""

    def __init__(self, store: WinStore, cohorts: Cohorts, people: People, outbox: Outbox) -> None:
        self._store = store
        self._cohorts = cohorts
        self._people = people
        self._outbox = outbox

    async def module_closed(self, person: Person, module: Module, at: datetime) -> None:
        """The person closed a module: they are asked, the first time."""
        words = f"I closed module {module.number}, {module.step.value}."
        await self._ask(person, module.id, words, at)

    async def went_live(self, person: Person, asset: Asset, at: datetime) -> None:
        """The person put an asset live: they are asked, the first time."""
        words = f"“{asset.title}” is live{f': {asset.link}' if asset.link else '.'}"
        await self._ask(person, asset.id, words[:WIN_AT_MOST], at)

    async def tell(self, person: Person, win_id: str, words: str, at: datetime) -> None:
        """Tell the others in the channel of the person's cohort, in these words and under their name, once.

        Raises:
            NoSuchWin: the person was not asked about it.
            ToldBefore: the others have heard of it.
            NothingSaid: there are no words.
            NowhereToTell: their cohort has no channel.
        """
        win = await self.one(person, win_id)
        if win.told_at is not None:
            raise ToldBefore()
        said = words.strip()[:WIN_AT_MOST]
        if not said:
            raise NothingSaid()
        place = await self._channel(person)
        if place is None:
            raise NowhereToTell()
        letter = new_letter(
            win.id,
            place,
            win_views.told(person.name, said),
            organization_id=person.organization_id,
            at=at,
            person_id=person.id,
            until=at + LATE,
        )
        await self._outbox.add(letter)
        await self._store.told(person, win.id, at)
        log.info("win told", win=win.id)

    async def one(self, person: Person, win_id: str) -> Win:
        """What the person was asked about.

        Raises:
            NoSuchWin: they were not.
        """
        found = await self._store.find(person, win_id)
        if found is None:
            raise NoSuchWin()
        return found

    async def asking(self, person: Person, *, never: bool, at: datetime) -> Person:
        """Ask the person each time, or never."""
        return await self._people.settle(person, SETTING, NEVER if never else ALWAYS, at)

    async def _ask(self, person: Person, about: str, words: str, at: datetime) -> None:
        home = direct_of(person)
        if person.settings.get(SETTING) == NEVER or home is None or await self._channel(person) is None:
            return
        win = Win(
            id=made_id("win", f"{person.id} {about}"),
            person_id=person.id,
            organization_id=person.organization_id,
            about=about,
            words=words,
            asked_at=at,
        )
        kept = await self._store.ask(person, win)
        if kept.asked_at < at - LATE or kept.told_at is not None:
            return
        await self._outbox.add(
            new_letter(
                f"{kept.id}:asked",
                home,
                win_views.question(kept),
                organization_id=person.organization_id,
                at=at,
                person_id=person.id,
                until=kept.asked_at + LATE,
            )
        )

    async def _channel(self, person: Person) -> Address | None:
        """Where the person's cohort meets, while it goes on."""
        cohort, home = await self._cohorts.of(person), direct_of(person)
        if cohort is None or cohort.channel is None or cohort.archived_at is not None or home is None:
            return None
        return Address(home.platform, home.workspace, cohort.channel)
