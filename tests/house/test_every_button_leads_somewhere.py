"""A newcomer presses everything: each button leads to a command that takes what it brings, and is small enough to carry.

What says that it only reads changes nothing, whatever was pressed before.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import assert_never

import pytest

from bots.discord import calls
from bots.settings import Settings
from bots.wiring import Program, build
from core.catalog import Catalog
from core.command import Problems, parameters, read, rest_of
from core.errors import UnknownCommand
from core.noticing import noticing
from core.request import Actor, Address, Asked, Platform, Typed
from core.sharing.service import PRESS, PRESS_FORM
from core.ui import Answer, Button, Buttons, Card, Ended, Form, Kind, Live, Menu, Message, Page

NORA = Actor(Platform.DISCORD, "G1", "D1", "Nora", "Europe/London")
PLACE = Address(Platform.DISCORD, "G1", "C1")
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
COMPONENTS = 40
"""Discord's messages have no more, and each that is alike has a number in the 100 characters of its `custom_id`.

https://docs.discord.com/developers/components/reference#anatomy-of-a-component
"""
OF_A_KIND = 2
"""Buttons of one command with the same names of values are alike; so many of them are pressed."""
LABEL_AT_MOST = 75
"""https://docs.slack.dev/reference/block-kit/block-elements/button-element: Discord's buttons have room for 80."""
KINDS_AT_LEAST = 60
FILLED = {Kind.NUMBER: "5", Kind.DATE: "2026-04-01", Kind.YES_NO: "yes", Kind.LIST: "Heavy pans\nLost lids"}
ENDS = {"mydata delete", "mydata export"}
"""What would take away, or pack, all that the others are about."""
LIVED = tuple(
    Asked(id="", actor=NORA, address=PLACE, at=NOON, command=command, words=words)
    for command, words in (
        ("home", ""),
        ("run", "H1"),
        ("run", "F1"),
        ("kpi log", "ctr 2.1% leads 240 conversion 1.234"),
        ("kpi log", "leads 1,234 roas 3"),
        ("kpi log", "Week,Leads,CTR\n2026-03-02,240,2%\n2026-03-09,250,2.2%"),
        ("kpi log", "Leads\tCTR\n240\t2%"),
        ("kpi import", ""),
        ("modul", ""),
        ("module", "ninety"),
        ("link", ""),
    )
)
"""What Nora types by herself."""


@pytest.fixture
async def built(tmp_path: Path) -> AsyncGenerator[Program, None]:
    """The whole program, as nobody has set anything."""
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        yield program


async def test_every_button_is_small_and_leads_to_a_command_that_takes_what_it_brings(built: Program) -> None:
    catalog = built.app.catalog
    waiting = deque([*LIVED, *(_press(name) for name, command in catalog.commands.items() if command.listed)])
    met: Counter[tuple[str, ...]] = Counter()
    read_only: set[str] = set()
    while waiting:
        pressed = waiting.popleft()
        if pressed.command in ENDS:
            continue
        asked = replace(pressed, id=f"event {met.total()}", at=NOON + timedelta(seconds=met.total()))
        async for button in _buttons(await _answer(built, asked, read_only)):
            if isinstance(button, Form):
                kind, call = ("form", button.command, *(each.name for each in button.fields)), _filled(button)
            else:
                _leads_somewhere(button, catalog)
                kind = (catalog.find(button.call.command)[0].name, *sorted(button.call.values))
                call = _press(button.call.command, button.call.values, button.call.words, form=button.call.form)
            met[kind] += 1
            if met[kind] <= OF_A_KIND:
                waiting.append(call)
    assert len(met) > KINDS_AT_LEAST, sorted(met)
    assert read_only >= {each.name for each in catalog.commands.values() if each.reads and each.listed}


async def _answer(built: Program, asked: Asked, read_only: set[str]) -> Answer:
    """The answer; nothing is written for what only reads, which is added to these."""
    try:
        command, _ = built.app.catalog.find(asked.command, asked.words)
    except UnknownCommand:
        return await built.app.handle(asked)
    if not command.reads:
        return await built.app.handle(asked)
    await built.app.handle(_press("help"))  # a command in between ends an interview, which is no matter of that command's
    with noticing() as writes:
        answer = await built.app.handle(asked)
    assert not writes.any, command.name
    assert not isinstance(answer, Live), command.name
    read_only.add(command.name)
    return answer


def _leads_somewhere(button: Button, catalog: Catalog) -> None:
    call = button.call
    assert call.command not in (PRESS, PRESS_FORM), f"{button} had to be kept, though nothing long was typed"
    command, _ = catalog.find(call.command, call.words)
    assert call.values.keys() <= {each.name for each in parameters(command.args)} or rest_of(command.args), button
    wrong = read(command.args, call.values, NOON.date())
    assert not isinstance(wrong, Problems) or wrong.missing == wrong.found.keys(), button
    assert calls.read(calls.written(call, COMPONENTS)) == call, button  # which raises where it is too long to be carried
    assert 0 < len(button.label) <= LABEL_AT_MOST, button


def _press(command: str, values: Mapping[str, Typed] | None = None, words: str = "", *, form: bool = False) -> Asked:
    return Asked(id="", actor=NORA, address=PLACE, at=NOON, command=command, values=values or {}, words=words, form=form)


def _filled(form: Form) -> Asked:
    """The form as somebody sends it who fills in every field."""
    typed = {each.name: each.options[0].value if each.options else FILLED.get(each.kind, "Ceramic jars") for each in form.fields}
    return replace(_press(form.command, {**form.values, **typed}), submitted=True)


async def _buttons(answer: Answer) -> AsyncGenerator[Button | Form, None]:
    """What an answer offers to press or to fill in, once it has grown."""
    match answer:
        case Message() | Page():
            for button in _of(answer.cards):
                yield button
        case Live():
            async for update in answer.updates:
                if isinstance(update, Ended):
                    for button in _of(update.message.cards):
                        yield button
        case Form():
            yield answer
        case None:
            return
        case _:
            assert_never(answer)


def _of(cards: tuple[Card, ...]) -> Iterator[Button]:
    for card in cards:
        for element in card.body:
            if isinstance(element, Buttons):
                yield from (each for each in element.items if isinstance(each, Button))
            elif isinstance(element, Menu):
                yield from element.options
