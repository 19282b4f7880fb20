"""A student in Slack: the whole program in this process, against a stand-in Slack over real sockets."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from bots.settings import Settings
from bots.slack.names import slash
from bots.slack.service import Given, slack
from bots.wiring import Program, build, now
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.forms import Filled
from tests.servers.slack.reading import Seen, SeenField, SeenModal

GRACE_SECONDS = 5.0
SEVERAL = frozenset({"checkboxes", "multi_static_select"})
ONE = frozenset({"static_select", "radio_buttons"})


class SlackStudent:
    """Implements `Student`. Free words go on in the thread of the last answer, as people do."""

    def __init__(self, server: SlackServer, maria: Person, opening: Callable[[], AbstractAsyncContextManager[Program]]) -> None:
        self.server = server
        self.maria = maria
        self._opening = opening
        self._here: AsyncExitStack | None = None
        self._news: list[Seen] = []
        self._modal = ""

    @property
    def shown(self) -> str:
        """What the last thing that they did has led to: the bot's new messages, and the form that is open."""
        return "\n\n".join([*(f"{each.author}\n{each.text}" for each in self._news), *([self._modal] if self._modal else [])])

    async def comes_back(self) -> None:
        self._here = AsyncExitStack()
        before = self._seen()
        await self._here.enter_async_context(self._opening())
        await self._look(before)

    async def leaves(self) -> None:
        """They close what is open and put the phone away; the program ends meanwhile."""
        if self._here is None:
            return
        before = self._seen()
        while self.maria.modal:
            await self.maria.closes(all_of_them=True)
        await self.server.settled()
        await self._here.aclose()
        self._here = None
        await self._look(before)

    async def types(self, words: str) -> None:
        before = self._seen()
        if self.maria.modal:
            await self.maria.closes(all_of_them=True)
            self._modal = ""
        if words.startswith("/"):
            command, _, rest = words.removeprefix("/").partition(" ")
            await self.maria.commands(slash(command), rest)
        else:
            thread = self._news[-1].thread_ts if self._news else None
            self.maria.says(words, thread=thread)
        await self._settle(before)

    async def presses(self, label: str) -> None:
        before = self._seen()
        holding = [each for each in self._news if f"[{label}]" in each.text]
        assert holding, f"there is no button “{label}” in:\n{self.shown}"
        await self.maria.presses(label, on=holding[-1])
        await self._settle(before)

    async def fills(self, answers: Mapping[str, str]) -> None:
        before, left, wrong = self._seen(), dict(answers), dict[str, str]()
        modal = self.maria.modal
        assert modal, f"no form is open in:\n{self.shown}"
        while True:
            here = {label: left.pop(label) for label in list(left) if _fields(modal, label)}
            given: dict[str, Filled] = {}
            for label, words in here.items():
                first, *others = _fields(modal, label)
                given |= {first.label: _meant(first, words), **{each.label: "" for each in others}}
            view = modal.view
            wrong = await self.maria.submits(given)
            await self.server.settled()
            modal = self.maria.modal
            if modal is None or wrong or (modal.view is view and modal.submit == ""):
                break
            if not left:
                break
        assert not left, f"the form did not ask for {', '.join(left)}; wrong: {wrong}"
        await self._settle(before)

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.shown, f"“{text}” is not in:\n{self.shown}\n(troubles: {self.maria.troubles})"

    def sees_no(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.shown, f"“{text}” is in:\n{self.shown}"

    def _seen(self) -> dict[str, str]:
        return {each.ts: each.text for each in self.maria.answers}

    async def _settle(self, before: Mapping[str, str]) -> None:
        await self.server.settled(until=lambda: self._seen() != before or self._open() != self._modal)
        await self._look(before)

    async def _look(self, before: Mapping[str, str]) -> None:
        self._news = [each for each in self.maria.answers if before.get(each.ts) != each.text]
        self._modal = self._open()

    def _open(self) -> str:
        return _modal_text(self.maria.modal) if self.maria.modal else ""


def _fields(modal: SeenModal, label: str) -> list[SeenField]:
    """The field with this label, in all its parts."""
    return [each for each in modal.fields if each.label == label or each.label.startswith(f"{label} (1 of")] + [
        each for each in modal.fields if each.label.startswith(f"{label} (") and not each.label.startswith(f"{label} (1 of")
    ]


def _meant(field: SeenField, words: str) -> Filled:
    """What a person puts into the field who means these words: a choice may be named by its number, as on a terminal."""
    if field.kind in SEVERAL:
        return [_option(field, each.strip()) for each in words.split(",") if each.strip()]
    if field.kind in ONE:
        return _option(field, words)
    if field.kind == "plain_text_input":
        return words
    return words


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
async def in_slack(settings: Mapping[str, object], folder: Path) -> AsyncGenerator[SlackStudent, None]:
    """A student in a Slack of their own, in which the program runs with these settings, and ends with the block."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SlackServer())
        told = Settings.model_validate(
            {
                **settings,
                "SLACK_BOT_TOKEN": server.bot_token,
                "SLACK_APP_TOKEN": server.app_token,
                "SLACK_API_URL": server.api_url,
            }
        )
        student = SlackStudent(server, server.person("Maria"), lambda: running(told, server))
        await student.comes_back()
        try:
            yield student
        finally:
            await student.leaves()


@asynccontextmanager
async def running(settings: Settings, server: SlackServer) -> AsyncGenerator[Program, None]:
    """The program with Slack, connected."""
    async with build(settings) as program, slack(Given(settings, program, now)) as service:
        with program.surfaces.opened(service.surface):
            async with program.work((service.surface.platform.value,)).going_on(lambda: GRACE_SECONDS):
                await service.open()
                await server.sockets.connected(2)
                try:
                    yield program
                finally:
                    program.reception.leave()
                    await service.close(GRACE_SECONDS)
