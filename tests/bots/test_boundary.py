"""What happens when something goes wrong that nobody expected."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bots.boundary import BROKEN, Careful, Door, complete, outermost, serve
from core import plain
from core.chat.ports import Asker, Used
from core.errors import Trouble
from core.llm.calls import Tool, ToolCall
from core.people.model import Person
from core.request import Actor, Address, Asked, Platform, Suggesting
from core.sharing.carrying import is_small
from core.ui import Button, Buttons, Ended, Live, Message
from tests.bots.tiny import Desk, tiny

ACTOR = Actor(Platform.TERMINAL, "terminal", "maria", "Maria")
PLACE = Address(Platform.TERMINAL, "terminal", "terminal")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncGenerator[Door, None]:
    async with tiny(tmp_path, Desk()) as made:
        yield made.door


def asked(command: str, words: str = "") -> Asked:
    return Asked(id="evt_1", actor=ACTOR, address=PLACE, at=NOW, command=command, words=words)


async def test_a_mistake_of_ours_is_an_answer_with_a_reference_that_is_logged_once(app: Door) -> None:
    with capture_logs() as logs:
        answer = await serve(app, asked("boom"))
    assert isinstance(answer, Message)
    reference = re.search(r"reference: ([0-9A-Z]{4}-[0-9A-Z]{4})$", plain.element(answer.cards[0].body[0]))
    assert reference
    assert [(log["event"], log["reference"], log["command"]) for log in logs] == [("request failed", reference[1], "boom")]
    assert "detail" not in plain.message(answer)
    assert isinstance(answer.cards[0].body[1], Buttons)
    again = answer.cards[0].body[1].items[0]
    assert isinstance(again, Button)
    assert again.call.command == "boom"


@pytest.mark.parametrize("command", ["boom", "break off", "break dry"])
async def test_the_way_to_try_again_is_carried_however_much_was_asked(app: Door, command: str) -> None:
    with capture_logs():
        answer = await serve(app, asked(command, "a long text " * 20))
        if isinstance(answer, Live):
            (answer,) = [each.message async for each in answer.updates if isinstance(each, Ended)]
        assert isinstance(answer, Message)
        _, buttons = answer.cards[0].body
        assert isinstance(buttons, Buttons)
        (again,) = buttons.items
        assert isinstance(again, Button)
        assert is_small(again.call)
        pressed = replace(asked(again.call.command), values=again.call.values)
        assert type(await serve(app, pressed)) is type(await serve(app, asked(command))), "the press does what was asked"


async def test_an_expected_trouble_is_no_news_for_the_log(app: Door) -> None:
    with capture_logs() as logs:
        answer = await serve(app, asked("nope"))
    assert isinstance(answer, Message)
    assert [log["log_level"] for log in logs] == ["info"]


async def test_an_answer_that_breaks_off_keeps_what_came_and_ends_with_a_card(app: Door) -> None:
    with capture_logs() as logs:
        answer = await serve(app, asked("break", "off"))
        assert isinstance(answer, Live)
        updates = [update async for update in answer.updates]
    last = updates[-1]
    assert isinstance(last, Ended)
    assert (last.message.text, last.message.speaker and last.message.speaker.name) == ("Half of an", "Teacher")
    assert "reference" in plain.message(last.message)
    assert len(logs) == 1


async def test_a_trouble_in_mid_stream_says_its_own_words(app: Door) -> None:
    answer = await serve(app, asked("break", "dry"))
    assert isinstance(answer, Live)
    updates = [update async for update in answer.updates]
    assert isinstance(updates[-1], Ended)
    assert "broke off before its end" in plain.message(updates[-1].message)


async def test_closing_an_answer_early_closes_its_work(tmp_path: Path) -> None:
    desk = Desk()
    async with tiny(tmp_path, desk) as made:
        answer = await serve(made.door, asked("endless"))
        assert isinstance(answer, Live)
        await anext(answer.updates)
        await anext(answer.updates)
        await answer.updates.aclose()
    assert desk.kept == ["The first words came. "]


async def test_nothing_completes_where_the_command_is_unknown(app: Door) -> None:
    suggesting = Suggesting(id="e", actor=ACTOR, address=PLACE, at=NOW, command="nope", field="code", typed="")
    assert await complete(app, suggesting) == ()


async def test_the_whole_program_ends_in_one_line() -> None:
    async def broken() -> int:
        raise ZeroDivisionError

    with capture_logs() as logs, pytest.raises(Trouble, match="reference"):
        await outermost(broken())
    assert len(logs) == 1


async def test_whoever_reads_the_first_lines_alone_is_told_of_no_mistake() -> None:
    async def unread() -> int:
        raise BrokenPipeError

    with capture_logs() as logs, pytest.raises(BrokenPipeError):
        await outermost(unread())
    assert logs == []


class Breaking:
    """A tool of an agent that breaks in a way that nobody expected."""

    def of(self, names: Iterable[str], colleagues: Sequence[str] = ()) -> tuple[Tool, ...]:
        return (Tool("divide", "Divide by nothing.", {"type": "object"}),)

    def title(self, name: str) -> str:
        return "Dividing"

    def is_personal(self, name: str) -> bool:
        return False

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        return Used(str(1 / len(call.arguments)))


async def test_a_tool_that_breaks_is_told_to_the_model_in_words_and_to_us_in_the_log() -> None:
    nora = Person(id="per_1", user_id="usr_1", organization_id="org_1", name="Nora", created_at=NOW)
    tools = Careful(Breaking())
    with capture_logs() as logs:
        used = await tools.use(Asker(nora, NOW, "msg_1", "agt_writer"), ("divide",), ToolCall("toolu_1", "divide", {}))
    assert used == Used(BROKEN, failed=True)
    assert [(log["event"], log["tool"], log["log_level"]) for log in logs] == [("request failed", "divide", "error")]
    assert [each.name for each in tools.of(("divide",))] == ["divide"]
    assert tools.title("divide") == "Dividing"
