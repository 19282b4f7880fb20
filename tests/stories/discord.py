"""A student in Discord: the whole program in this process, against a stand-in Discord over real sockets."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Container, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

from structlog.testing import capture_logs

from bots.backing import now
from bots.desk import Desk
from bots.discord.pulse import Pulse
from bots.discord.register import commands
from bots.discord.service import Given, discord_service
from bots.features import FEATURES
from bots.settings import Settings
from bots.wiring import Program, build
from core.catalog import Catalog
from scheduler.worker import RHYTHM
from tests.servers.clock import past_the_hour
from tests.servers.discord import DiscordServer
from tests.servers.discord.forms import Filled, SeenModal
from tests.servers.discord.options import choose
from tests.servers.discord.person import Person
from tests.servers.discord.reading import Seen
from tests.servers.discord.shapes import Impossible
from tests.stories.discord_reading import as_said, meant, menus_of, modal_text, parts_of

GRACE_SECONDS = 5.0
PATIENCE_SECONDS = 30.0
QUICK = Pulse(ready_seconds=0.01)
CATALOG = Catalog(command for feature in FEATURES for command in feature.COMMANDS)
REGISTERED = commands(CATALOG)
READS = 1 << 18
"""The flag of an application that may read messages which do not mention it: https://discord.com/developers/docs/resources/application#application-object-application-flags"""
LONGEST = 2000
"""Characters of a message. Discord's client offers to send more than that as a file."""
ONWARD = re.compile(r"Go on: page \d+ of \d+|Fix it|Fill it in|Open it|Try again")
"""The buttons of a message that leads to a page of a form."""


class Server:
    """A guild in which Elevate is, and the program that answers there, which can be ended and begun again."""

    def __init__(self, server: DiscordServer, settings: Settings) -> None:
        self.server = server
        self.refuses: set[int] = set()
        """The codes with which Discord may refuse something here; elsewhere it must refuse nothing."""
        self.rhythm = RHYTHM
        self.coaches: Container[str] = frozenset()
        """The accounts of those whom the program knows to coach."""
        self._settings = settings
        self._ahead = timedelta()
        self.goes_on(past_the_hour(now()))
        self._desk = Desk()
        self._running: AsyncExitStack | None = None
        self._grace = GRACE_SECONDS

    def now(self) -> datetime:
        """The time that it is here."""
        return now() + self._ahead

    def goes_on(self, time: timedelta) -> None:
        """Put the clock forward, the program's and Discord's."""
        self._ahead += time
        self.server.clock.advance(time.total_seconds())

    async def opens(self) -> None:
        """Begin the program, and wait until it hears."""
        self._desk = Desk()
        async with AsyncExitStack() as stack:
            program = await stack.enter_async_context(build(self._settings, self.rhythm, clock=self.now))
            service = await stack.enter_async_context(discord_service(self._given(program)))
            stack.enter_context(program.surfaces.opened(service.surface))
            await stack.enter_async_context(program.work((service.surface.platform.value,)).going_on(lambda: GRACE_SECONDS))
            stack.push_async_callback(lambda: service.close(self._grace))
            stack.callback(program.reception.leave)
            await service.open()
            await self.server.gateway.connected(1)
            self.coaches, self._running = program.coaches, stack.pop_all()

    def _given(self, program: Program) -> Given:
        return Given(self._settings, program, self.now, desk=self._desk, pulse=QUICK)

    async def closes(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """End the program in good order; what is being answered has the grace to end."""
        self._grace = grace_seconds
        if self._running is not None:
            running, self._running = self._running, None
            await running.aclose()

    async def settled(self, until: Callable[[], bool] = lambda: True) -> None:
        """Wait until all that people did is answered, and the answers are shown; `until` must hold too."""
        await self.server.settled(until=until)
        while await asyncio.wait_for(self._desk.rest(), PATIENCE_SECONDS):
            await self.server.settled()

    async def answers(self, person: Person, times: int = 1) -> Seen:
        """Wait until the person has been shown so many new messages, and the last is whole: the last of them."""
        there = len(person.answers) + times
        await self.settled(lambda: len(person.answers) >= there)
        return person.last


class DiscordStudent:
    """Implements `Student`, in the direct messages with the bot."""

    def __init__(self, office: Server, maria: Person) -> None:
        self.maria = maria
        self._office = office
        self._news: list[Seen] = []
        self._heard: list[Seen] = []
        self._modal = ""
        self._signs: list[str] = []

    @property
    def shown(self) -> str:
        """What the last thing that they did has led to: the bot's new messages, and the form that is open."""
        return "\n\n".join([*map(as_said, self._news), *self._signs, *([self._modal] if self._modal else [])])

    async def comes_back(self) -> None:
        await self._does(self._office.opens())

    async def leaves(self) -> None:
        """They close what is open and put the phone away; the program ends meanwhile."""
        before = self._seen()
        self._closes()
        await self._office.closes()
        self._look(before)

    async def types(self, words: str) -> None:
        await self._says(self._types(words))

    async def sends(self, name: str, content: bytes, words: str = "") -> None:
        await self._says(self._sends(name, content, words))

    async def presses(self, label: str) -> None:
        await self._does(self._presses(label))

    async def fills(self, answers: Mapping[str, str]) -> None:
        await self._does(self._fills(answers))

    async def hears(self, words: str) -> None:
        """Wait until the bot has written these words to them by itself."""
        before = self._seen()
        await self._office.settled(lambda: any(words in each for each in self._since(before)))
        self._look(before)
        self._heard = self._news

    def turns_back(self) -> None:
        """Scroll back to what the bot wrote by itself, to press something on that."""
        self._news = self._heard

    async def begins(self, answers: Mapping[str, str]) -> None:
        """Discord tells nobody that a form was closed: what counts is a page that was sent, and the next one left alone."""
        if await self._page(left := dict(answers)) or left:
            raise Impossible(f"Discord keeps nothing of a page that is not sent: {list(answers)}")
        await self._office.settled()

    async def stops(self, doing: Awaitable[None], *, after: str) -> None:
        before, task = self._seen(), asyncio.ensure_future(doing)
        await self._office.server.settled(until=lambda: any(after in each for each in self._since(before)), midway=True)
        await self.maria.presses("Stop")
        await task
        self._look(before)

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.shown, f"“{text}” is not in:\n{self.shown}\n(troubles: {self.maria.troubles})"

    def sees_no(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.shown, f"“{text}” is in:\n{self.shown}"

    def offers(self, *labels: str) -> None:
        for each in labels:
            assert each in self._labels(), f"there is no “{each}” among {self._labels()} in:\n{self.shown}"

    def offers_no(self, *labels: str) -> None:
        for each in labels:
            assert each not in self._labels(), f"there is “{each}” in:\n{self.shown}"

    def choices(self, menu: str) -> tuple[str, ...]:
        found = [tuple(options) for each in self._news for shown, options in menus_of(each) if shown == menu]
        assert found, f"there is no menu “{menu}” in:\n{self.shown}"
        return found[0]

    async def _does(self, doing: Awaitable[None]) -> None:
        before = self._seen()
        await doing
        await self._office.settled()
        self._look(before)

    async def _says(self, saying: Awaitable[None]) -> None:
        """As `_does`, until something is shown: a message may be on its way still when nothing is being answered."""
        before = self._seen()
        await saying
        await self._office.settled(lambda: self.maria.modal is not None or bool(self._since(before) or self._signs_since(before)))
        self._look(before)

    async def _types(self, words: str) -> None:
        self._closes()
        line = _command(words)
        if line:
            await self.maria.commands(line)
        elif len(words) > LONGEST:
            self.maria.says("", files={"message.txt": words.encode()})
        else:
            self.maria.says(words)

    async def _sends(self, name: str, content: bytes, words: str) -> None:
        self._closes()
        self.maria.says(words, files={name: content})

    async def _presses(self, wanted: str) -> None:
        for each in self._news:
            if wanted in each.buttons:
                await self.maria.presses(wanted, on=each)
                return
            for menu, options in menus_of(each):
                if wanted in options:
                    await self.maria.chooses(menu, wanted, on=each)
                    return
        raise AssertionError(f"there is no button “{wanted}” in:\n{self.shown}")

    async def _fills(self, answers: Mapping[str, str]) -> None:
        """Page by page; what is found wrong stays to be seen."""
        left = dict(answers)
        wrong = await self._page(left)
        while not wrong and self._onward().startswith("Go on"):
            wrong = await self._page(left)
        assert not left, f"the form did not ask for {', '.join(left)}; wrong: {wrong}"

    async def _page(self, left: dict[str, str]) -> dict[str, str]:
        """Send the page that is open, or that the last message leads to, with what it asks for, which is taken out of `left`."""
        modal = await self._form()
        given: dict[str, Filled] = {}
        for name in [name for name in left if parts_of(modal, name)]:
            first, *others = parts_of(modal, name)
            given |= {first.label: meant(first, left.pop(name)), **{each.label: "" for each in others}}
        before = self._seen()
        wrong = await self.maria.submits(given)
        await self._office.settled()
        self._look(before)
        return wrong

    async def _form(self) -> SeenModal:
        if self.maria.modal is None and self._onward():
            await self._presses(self._onward())
        assert self.maria.modal, f"no form is open in:\n{self.shown}\n(troubles: {self.maria.troubles})"
        return self.maria.modal

    def _onward(self) -> str:
        """The button that leads to a page of a form."""
        return next((name for name in self._labels() if ONWARD.fullmatch(name)), "")

    def _closes(self) -> None:
        if self.maria.modal:
            self.maria.closes()

    def _labels(self) -> list[str]:
        return [
            name
            for each in self._news
            for name in (*each.buttons, *(option for _, options in menus_of(each) for option in options))
        ]

    def _seen(self) -> dict[str, str]:
        return {each.id: each.text for each in self.maria.answers} | self._all_signs()

    def _all_signs(self) -> dict[str, str]:
        """The signs that the bot has put on what they said."""
        theirs = [each for each in self.maria.messages() if not each.by_bot and each.message.reactions]
        return {each.id: f"Elevate: ({', '.join(sign for sign, _ in each.message.reactions)})" for each in theirs}

    def _signs_since(self, before: Mapping[str, str]) -> list[str]:
        return [sign for id, sign in self._all_signs().items() if before.get(id) != sign]

    def _since(self, before: Mapping[str, str]) -> list[str]:
        return [each.text for each in self.maria.answers if before.get(each.id) != each.text]

    def _look(self, before: Mapping[str, str]) -> None:
        self._signs = self._signs_since(before)
        self._news = [each for each in self.maria.answers if before.get(each.id) != each.text]
        self._modal = modal_text(self.maria.modal) if self.maria.modal else ""


def open_form(person: Person) -> SeenModal:
    """The form that is open before them."""
    assert person.modal, f"no form is open; troubles: {person.troubles}; screen:\n{person.screen}"
    return person.modal


def _command(words: str) -> str:
    """The slash command that somebody means; "" for what Discord's client knows none for, and sends as a message."""
    if not words.startswith("/"):
        return ""
    name, _, rest = words.removeprefix("/").partition(" ")
    parts = CATALOG.groups.get(name, ())
    for line in (words, f"/{parts[0].name} {rest}".strip()) if parts else ():
        try:
            choose(REGISTERED, line)
        except Impossible:
            continue
        return line
    return ""


@asynccontextmanager
async def a_server(settings: Mapping[str, object]) -> AsyncGenerator[Server, None]:
    """A Discord in which the program runs with these settings, and ends with the block. Discord must refuse nothing of it."""
    async with DiscordServer() as server:
        server.world.application.flags = READS
        there = {
            "DISCORD_BOT_TOKEN": server.token,
            "DISCORD_API_URL": server.api_url,
            "DISCORD_GATEWAY_URL": server.gateway_url,
        }
        office = Server(server, Settings.model_validate({**settings, **there}))
        with capture_logs() as logged:
            try:
                await office.opens()
                yield office
            finally:
                await office.closes()
                for each in logged:
                    sys.stdout.write(f"{each}\n")
        assert [each for each in logged if each["log_level"] == "error"] == []
        assert [each for each in server.refusals if each.code not in office.refuses] == []


@asynccontextmanager
async def in_discord(settings: Mapping[str, object]) -> AsyncGenerator[DiscordStudent, None]:
    """A student in a Discord of their own."""
    async with a_server(settings) as office:
        student = DiscordStudent(office, office.server.person("Maria"))
        yield student
        await student.leaves()
        assert student.maria.troubles == []
