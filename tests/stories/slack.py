"""A student in Slack: the whole program in this process, against a stand-in Slack over real sockets."""

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
from bots.features import FEATURES
from bots.settings import Settings
from bots.slack.manifest import manifest
from bots.slack.names import slash
from bots.slack.service import Given, slack
from bots.wiring import build
from core.catalog import Catalog
from scheduler.worker import RHYTHM
from tests.servers.clock import past_the_hour
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.blocks import options_of
from tests.servers.slack.forms import Filled
from tests.servers.slack.reading import Seen, SeenField, SeenModal, text_of
from tests.servers.slack.touching import touchable

GRACE_SECONDS = 5.0
PATIENCE_SECONDS = 30.0
SEVERAL = frozenset({"checkboxes", "multi_static_select"})
ONE = frozenset({"static_select", "radio_buttons"})
MANIFEST = manifest(Catalog(command for feature in FEATURES for command in feature.COMMANDS))
"""What the app is installed with: Slack knows no other commands, shortcuts and events."""
COMMANDS = frozenset(str(each["command"]) for each in MANIFEST["features"]["slash_commands"])
PAGE = re.compile(r" · (\d+) of (\d+)$")
"""At the end of the title of a form that has several pages."""
BOLD = re.compile(r"\*\*(.+?)\*\*")


class Office:
    """A workspace where Elevate is installed, and the program that answers there, which can be ended and begun again."""

    def __init__(self, server: SlackServer, settings: Settings) -> None:
        self.server = server
        self.refuses: set[str] = set()
        """The errors with which Slack may refuse something here; elsewhere it must refuse nothing."""
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
        """Put the clock forward, the program's and Slack's."""
        self._ahead += time
        self.server.clock.advance(time.total_seconds())

    async def opens(self) -> None:
        """Begin the program, and wait until it hears."""
        self._desk = Desk()
        async with AsyncExitStack() as stack:
            program = await stack.enter_async_context(build(self._settings, self.rhythm, clock=self.now))
            service = await stack.enter_async_context(slack(Given(self._settings, program, self.now, desk=self._desk)))
            stack.enter_context(program.surfaces.opened(service.surface))
            await stack.enter_async_context(program.work((service.surface.platform.value,)).going_on(lambda: GRACE_SECONDS))
            stack.push_async_callback(lambda: service.close(self._grace))
            stack.callback(program.reception.leave)
            await service.open()
            await self.server.sockets.connected(2)
            self.coaches, self._running = program.coaches, stack.pop_all()

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


class SlackStudent:
    """Implements `Student`, in the direct messages with the bot. Free words go on in the thread of the last answer."""

    def __init__(self, office: Office, maria: Person) -> None:
        self.maria = maria
        self._office = office
        self._news: list[Seen] = []
        self._heard: list[Seen] = []
        self._modal = ""
        self._signs: list[str] = []

    @property
    def shown(self) -> str:
        """What the last thing that they did has led to: the bot's new messages, and the form that is open."""
        said = [f"{each.author}:\n{each.text}" for each in self._news]
        return BOLD.sub(r"\1", "\n\n".join([*said, *self._signs, *([self._modal] if self._modal else [])]))

    async def comes_back(self) -> None:
        await self._does(self._office.opens())

    async def leaves(self) -> None:
        """They close what is open and put the phone away; the program ends meanwhile."""
        before = self._seen()
        await self._closes()
        await self._office.closes()
        self._look(before)

    async def types(self, words: str) -> None:
        await self._does(self._types(words))

    async def sends(self, name: str, content: bytes, words: str = "") -> None:
        await self._does(self._sends(name, content, words))

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
        modal = self._form()
        for label, words in answers.items():
            await self.maria.enters(modal.field(label).label, words)
        await self._does(self._closes())

    async def stops(self, doing: Awaitable[None], *, after: str) -> None:
        before, task = self._seen(), asyncio.ensure_future(doing)
        await self._office.server.settled(until=lambda: any(after in each for each in self._since(before)), midway=True)
        changing = [each for each in self.maria.answers if "[Stop]" in each.text]
        if changing:
            await self.maria.presses("Stop", on=changing[-1])
        else:
            self.maria.stops()
        await task
        self._look(before)

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.shown, f"“{text}” is not in:\n{self.shown}\n(troubles: {self.maria.troubles})"

    def sees_no(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.shown, f"“{text}” is in:\n{self.shown}"

    def offers(self, *labels: str) -> None:
        for label in labels:
            assert label in self._labels(), f"there is no “{label}” among {self._labels()} in:\n{self.shown}"

    def offers_no(self, *labels: str) -> None:
        for label in labels:
            assert label not in self._labels(), f"there is “{label}” in:\n{self.shown}"

    def choices(self, menu: str) -> tuple[str, ...]:
        found = [
            tuple(text_of(option["text"]) for option in options_of(touched.element))
            for each in self._news
            for touched in touchable(each.message)
            if touched.label == menu
        ]
        assert found, f"there is no menu “{menu}” in:\n{self.shown}"
        return found[0]

    async def _does(self, doing: Awaitable[None]) -> None:
        before = self._seen()
        await doing
        await self._office.settled()
        self._look(before)

    async def _types(self, words: str) -> None:
        await self._closes()
        if not words.startswith("/"):
            self.maria.says(words, thread=self._news[-1].thread_ts if self._news else None)
            return
        command, _, rest = slash(words.removeprefix("/")).partition(" ")
        if f"/{command}" in COMMANDS:
            await self.maria.commands(f"/{command}", rest)
        else:  # Slack itself refuses it; /elevate takes any
            await self.maria.commands("/elevate", words)

    async def _sends(self, name: str, content: bytes, words: str) -> None:
        await self._closes()
        self.maria.uploads(words, {name: content})

    async def _presses(self, label: str) -> None:
        for each in self._news:
            for found, menu in _pressable(each):
                if found == label and menu:
                    await self.maria.chooses(menu, label, on=each)
                    return
                if found == label:
                    await self.maria.presses(label, on=each)
                    return
        raise AssertionError(f"there is no button “{label}” in:\n{self.shown}")

    async def _fills(self, answers: Mapping[str, str]) -> None:
        """Page by page; what Slack or the bot finds wrong on a page stays to be seen."""
        left = dict(answers)
        while True:
            modal = self._form()
            here = [label for label in left if _parts(modal, label)]
            given: dict[str, Filled] = {}
            for label in here:
                first, *others = _parts(modal, label)
                given |= {first.label: _meant(first, left.pop(label)), **{each.label: "" for each in others}}
            wrong = await self.maria.submits(given)
            page = PAGE.search(modal.title)
            if wrong or page is None or page[1] == page[2]:
                break
        assert not left, f"the form did not ask for {', '.join(left)}; wrong: {wrong}"

    async def _closes(self) -> None:
        while self.maria.modal:
            await self.maria.closes(all_of_them=True)
        await self._office.settled()

    def _form(self) -> SeenModal:
        modal = self.maria.modal
        assert modal, f"no form is open in:\n{self.shown}\n(troubles: {self.maria.troubles})"
        return modal

    def _labels(self) -> list[str]:
        return [label for each in self._news for label, _ in _pressable(each)]

    def _seen(self) -> dict[str, str]:
        return {each.ts: each.text for each in self.maria.answers} | self._all_signs()

    def _all_signs(self) -> dict[str, str]:
        """The signs that the bot has put on what they said."""
        theirs = [each for each in self.maria.messages() if not each.by_bot and each.message.reactions]
        return {each.ts: f"Elevate: ({', '.join(sign for sign, _ in each.message.reactions)})" for each in theirs}

    def _signs_since(self, before: Mapping[str, str]) -> list[str]:
        return [sign for id, sign in self._all_signs().items() if before.get(id) != sign]

    def _since(self, before: Mapping[str, str]) -> list[str]:
        return [each.text for each in self.maria.answers if before.get(each.ts) != each.text]

    def _look(self, before: Mapping[str, str]) -> None:
        self._signs = self._signs_since(before)
        self._news = [each for each in self.maria.answers if before.get(each.ts) != each.text]
        self._modal = _modal_text(self.maria.modal) if self.maria.modal else ""


def open_form(person: Person) -> SeenModal:
    """The form that is open before them."""
    assert person.modal, f"no form is open; troubles: {person.troubles}"
    return person.modal


def _pressable(seen: Seen) -> list[tuple[str, str]]:
    """What can be pressed or chosen on a message, each with the action of its menu; "" for a button."""
    found = []
    for each in touchable(seen.message):
        options = [text_of(option["text"]) for option in options_of(each.element)]
        if not options:
            found.append((each.label, ""))
        elif each.label == each.element.get("action_id"):
            found += [(option, each.label) for option in options]
    return found


def _parts(modal: SeenModal, label: str) -> list[SeenField]:
    """The field with this label, in all its parts."""
    return [
        each for each in modal.fields if each.label == label or re.fullmatch(rf"{re.escape(label)} \(\d+ of \d+\)", each.label)
    ]


def _meant(field: SeenField, words: str) -> Filled:
    """What a person puts into the field who means these words: a choice may be named by its number, as on a terminal."""
    if field.kind in SEVERAL:
        return [_option(field, each.strip()) for each in words.split(",") if each.strip()]
    return _option(field, words) if field.kind in ONE else words


def _option(field: SeenField, words: str) -> str:
    if words.isdecimal() and 1 <= int(words) <= len(field.options):
        return field.options[int(words) - 1]
    return next((each for each in field.options if each.casefold() == words.casefold()), words)


def _modal_text(modal: SeenModal) -> str:
    fields = [
        "\n".join(
            part
            for part in (each.label, each.hint, f"Now: {each.value}" if each.value else "", *each.options, each.error)
            if part
        )
        for each in modal.fields
    ]
    return "\n\n".join([modal.title, modal.text, *fields, f"[{modal.submit}]"])


@asynccontextmanager
async def an_office(settings: Mapping[str, object]) -> AsyncGenerator[Office, None]:
    """A Slack in which the program runs with these settings, and ends with the block. Slack must have refused nothing of it."""
    async with SlackServer(MANIFEST) as server:
        there = {
            "SLACK_BOT_TOKEN": server.bot_token,
            "SLACK_APP_TOKEN": server.app_token,
            "SLACK_API_URL": server.api_url,
        }
        office = Office(server, Settings.model_validate({**settings, **there}))
        with capture_logs() as logged:
            try:
                await office.opens()
                yield office
            finally:
                await office.closes()
                for each in logged:
                    sys.stdout.write(f"{each}\n")
        assert [each for each in logged if each["log_level"] == "error"] == []
        assert [each for each in server.refusals if each.error not in office.refuses] == []


@asynccontextmanager
async def in_slack(settings: Mapping[str, object]) -> AsyncGenerator[SlackStudent, None]:
    """A student in a Slack of their own."""
    async with an_office(settings) as office:
        student = SlackStudent(office, office.server.person("Maria"))
        yield student
        await student.leaves()
        assert student.maria.troubles == []
