"""Whatever is in the course, a student comes to it: by pressing what is shown, or by its name."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bots.settings import Settings
from bots.wiring import Program, build
from core.contents import SHIPPED
from core.course.modules import Course
from core.foundation.cells import Cells
from core.kpis.metrics import Level, Metrics
from core.plain import message
from core.playbook.prompts import Playbook
from core.request import Actor, Address, Asked, Platform, Typed
from core.ui import Answer, Button, Buttons, Form, Live, Menu, Message

NORA = Actor(Platform.TERMINAL, "terminal", "nora", "Nora", "Europe/London")
PLACE = Address(Platform.TERMINAL, "terminal", "terminal")
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)


class Reader:
    """Somebody who types and presses, and reads what comes."""

    def __init__(self, program: Program) -> None:
        self._app = program.app
        self._events = count(1)

    async def ask(self, command: str, words: str = "", values: Mapping[str, Typed] | None = None) -> Answer:
        """What the command answers."""
        event = f"event {next(self._events)}"
        return await self._app.handle(
            Asked(id=event, actor=NORA, address=PLACE, at=NOON, command=command, values=values or {}, words=words)
        )

    async def read(self, command: str, words: str = "", values: Mapping[str, Typed] | None = None) -> str:
        """The same, as words."""
        return _said(await self.ask(command, words, values))

    async def presses(self, answer: Answer, command: str) -> AsyncGenerator[Answer, None]:
        """What comes of everything in the answer that leads to this command."""
        for each in _pressable(answer):
            if each.call.command == command:
                yield await self.ask(command, each.call.words, each.call.values)


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncGenerator[Reader, None]:
    """Of the whole program, as nobody has set anything."""
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        yield Reader(program)


async def test_every_module_and_lesson_is_opened_by_pressing(reader: Reader) -> None:
    listed = await reader.ask("module list")
    opened = [each async for each in reader.presses(listed, "module show")]
    lessons = [_said(lesson) for each in opened async for lesson in reader.presses(each, "module lesson")]
    shown = [_said(each) for each in opened]
    for module in Course().modules():
        assert any(module.title in each and module.checklist[0].text.strip() in each for each in shown), module.number
        assert module.title in await reader.read("module", str(module.number))
        for lesson in module.lessons:
            assert any(lesson.title in each for each in lessons), lesson.title


async def test_every_prompt_is_listed_under_its_step_and_run_by_its_code_or_names_what_is_missing(reader: Reader) -> None:
    cells = Cells(SHIPPED).by_field
    first = await reader.ask("run")
    lists = [_said(each) async for each in reader.presses(first, "run")] + [_said(first)]
    for code, prompt in Playbook(SHIPPED).by_code.items():
        assert any(code in each and prompt.title in each for each in lists), code
        opened = await reader.ask("run", code)
        if isinstance(opened, Live):  # it needs nothing but what is known of everybody
            await opened.updates.aclose()
        else:
            missing = [cells[name].title for name in prompt.requires if name in cells and isinstance(opened, Form)]
            assert [words for words in (prompt.title, *missing) if words not in _said(opened)] == [], code


async def test_every_figure_is_chosen_typed_into_a_sheet_and_explained_by_its_name(reader: Reader) -> None:
    chosen = await reader.ask("kpi metrics")
    assert isinstance(chosen, Form)
    used = {option.value: "" for field in chosen.fields for option in field.options}
    sheets = [
        await reader.ask("kpi figures", "", {"level": level.value, "span": "Last 7 Days", "currency": "EUR", **used})
        for level in (Level.ATTRACT, Level.CONVERT, Level.GROW)
    ]
    fields = {each.name for sheet in sheets if isinstance(sheet, Form) for each in sheet.fields}
    for metric in Metrics().file.metrics:
        assert metric.field in fields
        assert metric.title in await reader.read("kpi show", metric.short), metric.field


def _said(answer: Answer) -> str:
    match answer:
        case Message():
            return message(answer)
        case Form():
            return "\n".join((answer.title, answer.intro, *(each.label for each in answer.fields)))
        case _:
            return ""


def _pressable(answer: Answer) -> Iterator[Button]:
    if isinstance(answer, Message):
        for card in answer.cards:
            for element in card.body:
                if isinstance(element, Buttons):
                    yield from (each for each in element.items if isinstance(each, Button))
                elif isinstance(element, Menu):
                    yield from element.options
