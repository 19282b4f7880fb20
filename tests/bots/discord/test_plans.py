"""Plans that tick off in Discord, beside the messages of those who talk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bots.discord.growing import STOPPED, Growing
from bots.discord.marks import Mark
from bots.discord.troubles import DiscordRefused
from core.plans import Plan, State, Step
from core.ui import Began, Ended, Grew, Live, Message, Planned, Update
from tests.bots.discord.screens import SAGE, WRITER, Discord, Fault, PlainDrawing, origin
from tests.bots.passing import Time, live, until

TITLES = ("Writer: hooks", "Sage: your words")


def planned(*states: State) -> Planned:
    return Planned(Plan(tuple(Step(title, title, state) for title, state in zip(TITLES, states, strict=True))), SAGE)


def growing(discord: Discord) -> Growing:
    time = Time()
    return Growing(discord, PlainDrawing(), now=time.now, wait=time.wait)


def said(words: str) -> tuple[Update, ...]:
    return Began(WRITER), Grew(words), Ended(Message(words, speaker=WRITER))


async def test_a_plan_is_a_message_of_its_own_under_its_leaders_face_that_ticks_off() -> None:
    discord = Discord()
    parts = (planned("running", "waiting"), *said("Fuzzy jar?"), planned("done", "running"), *said("More."))
    await growing(discord).grow(origin(), live(*parts, planned("done", "failed")), "evt", None)
    assert discord.texts == ["[✓ Writer: hooks\n✗ Sage: your words]", "Fuzzy jar?", "More."]
    assert [each.face for each in discord.there] == ["Sage", "Writer", "Writer"]
    assert discord.there[0].mark == Mark("evt:plan", 1, 1)


async def test_a_plan_that_a_dead_process_posted_is_taken_up_and_not_posted_again() -> None:
    discord = Discord()
    await growing(discord).grow(origin(), live(planned("done", "running")), "evt", None)
    await growing(discord).grow(origin(), live(planned("done", "running"), *said("More."), planned("done", "done")), "evt", None)
    assert discord.texts == ["[✓ Writer: hooks\n✓ Sage: your words]", "More."]


async def test_where_a_plan_cannot_be_shown_the_answer_goes_on() -> None:
    discord = Discord(faults=[Fault(DiscordRefused(50013, 403), call="post")])
    await growing(discord).grow(origin(), live(planned("running", "waiting"), *said("Fuzzy jar?")), "evt", None)
    assert discord.texts == ["Fuzzy jar?"]


async def test_a_stop_leaves_no_step_that_goes_on() -> None:
    discord, came = Discord(), asyncio.Event()

    async def updates() -> AsyncGenerator[Update, None]:
        yield planned("done", "running")
        yield Began(WRITER)
        yield Grew("Half of")
        await until(lambda: len(discord.there) == 2)
        came.set()
        await asyncio.Event().wait()

    shown = asyncio.ensure_future(growing(discord).grow(origin(), Live(updates()), "evt", None))
    await came.wait()
    shown.cancel()
    with pytest.raises(asyncio.CancelledError):
        await shown
    assert discord.texts == ["[✓ Writer: hooks\n✗ Sage: your words]", f"Half of\n\n{STOPPED}"]
