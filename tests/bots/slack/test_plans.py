"""Plans that tick off, and signs on what people wrote, through the real slack_sdk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from bots.charts.pictures import Charts
from bots.slack.clients import one_token
from bots.slack.drawn import Drawn
from core.plans import Plan, State, Step
from core.ui import Began, Ended, Grew, Live, Message, Planned, Speaker, Update
from tests.bots.passing import live, until
from tests.bots.slack.sending import SAGE, WRITER, Sent, sending
from tests.servers.slack import Person, SlackServer

TEACHER = Speaker("Teacher", "teacher.svg", "mortar_board")
TITLES = ("Writer: hooks", "Sage: your words")


@pytest.fixture
async def drawn(slack: SlackServer) -> AsyncGenerator[Sent]:
    async with sending(slack, tokens=one_token(slack.bot_token), draw=Drawn(Charts(), frozenset())) as one:
        yield one


def planned(*states: State) -> Planned:
    return Planned(Plan(tuple(Step(title, title, state) for title, state in zip(TITLES, states, strict=True))), TEACHER)


def said(speaker: Speaker, words: str) -> tuple[Update, ...]:
    return Began(speaker), Grew(words), Ended(Message(words, speaker=speaker))


async def test_a_plan_is_a_message_of_its_own_that_ticks_off(drawn: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hooks, in my words")
    parts = (planned("running", "waiting"), *said(WRITER, "Fuzzy jar?"), planned("done", "running"), *said(SAGE, "You said so."))
    await drawn.growing.grow(drawn.origin(maria, thread=root.ts), live(*parts, planned("done", "failed")), "evt:1")
    assert [(each.author, each.text) for each in maria.answers] == [
        ("Teacher", "Who does what\n● Writer: hooks\n✗ Sage: your words"),
        ("Writer", "Fuzzy jar?"),
        ("Sage", "You said so."),
    ]
    [posted], changes = slack.called("chat.postMessage"), slack.called("chat.update")
    assert [each["type"] for each in posted["blocks"]] == ["plan"]
    assert [each["ts"] for each in changes] == [maria.answers[0].ts] * 2
    assert slack.refusals == []


async def test_a_plan_that_a_dead_process_posted_is_taken_up_and_not_posted_again(
    drawn: Sent, slack: SlackServer, maria: Person
) -> None:
    origin = drawn.origin(maria, thread=maria.says("hooks").ts)
    await drawn.growing.grow(origin, live(planned("done", "running")), "evt:1")
    await drawn.growing.grow(origin, live(planned("done", "done"), *said(SAGE, "You said so.")), "evt:1")
    assert [each.text for each in maria.answers] == [
        "Who does what\n● Writer: hooks\n● Sage: your words",
        "You said so.",
    ]
    assert slack.refusals == []


async def test_where_plans_are_unknown_it_is_lines(drawn: Sent, slack: SlackServer, maria: Person) -> None:
    slack.fail("chat.postMessage", error="invalid_blocks", when=lambda args: "'plan'" in str(args.get("blocks")), times=9)
    root = maria.says("hooks")
    parts = (planned("running", "waiting"), *said(WRITER, "Hm."), planned("done", "done"))
    await drawn.growing.grow(drawn.origin(maria, thread=root.ts), live(*parts), "evt:1")
    assert [each.text for each in maria.answers] == ["✓ Writer: hooks\n✓ Sage: your words", "Hm."]


async def test_where_a_plan_cannot_be_shown_the_answer_goes_on(drawn: Sent, slack: SlackServer, maria: Person) -> None:
    slack.fail("chat.postMessage", error="no_permission")
    root = maria.says("hooks")
    parts = (planned("running", "waiting"), *said(WRITER, "Hm."))
    await drawn.growing.grow(drawn.origin(maria, thread=root.ts), live(*parts), "evt:1")
    assert [each.text for each in maria.answers] == ["Hm."]


async def test_a_stop_leaves_no_step_that_goes_on(drawn: Sent, maria: Person) -> None:
    root, came = maria.says("hooks"), asyncio.Event()

    async def updates() -> AsyncGenerator[Update, None]:
        yield planned("done", "running")
        yield Began(SAGE)
        await until(lambda: bool(maria.answers))
        came.set()
        await asyncio.Event().wait()

    growing = asyncio.ensure_future(drawn.growing.grow(drawn.origin(maria, thread=root.ts), Live(updates()), "evt:1"))
    await came.wait()
    growing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await growing
    assert maria.answers[0].text == "Who does what\n● Writer: hooks\n✗ Sage: your words"


async def test_thanks_get_a_sign_and_twice_is_once(sent: Sent, slack: SlackServer, maria: Person) -> None:
    thanks = maria.says("thanks")
    origin = replace(sent.origin(maria), message=thanks.ts)
    assert [await sent.messenger.react(origin, "heart") for _ in range(2)] == [True, True]
    assert [name for name, _ in maria.messages()[0].message.reactions] == ["heart"]


@pytest.mark.parametrize("error", ["missing_scope", "message_not_found", "too_many_reactions", "ratelimited"])
async def test_where_no_sign_can_be_set_that_is_said(sent: Sent, slack: SlackServer, maria: Person, error: str) -> None:
    slack.fail("reactions.add", error=error, times=20)
    origin = replace(sent.origin(maria), message=maria.says("thanks").ts)
    assert not await sent.messenger.react(origin, "heart")
    assert not await sent.messenger.react(sent.origin(maria), "heart")
