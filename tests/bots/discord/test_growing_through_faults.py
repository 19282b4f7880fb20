"""Whatever goes wrong between Discord and us while an answer grows: every word of it is there, once, and in its order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator

import pytest

from bots.discord.growing import Growing
from core.plans import Step
from core.ui import Began, Ended, Grew, Live, Message, Update
from tests.bots.discord.screens import WRITER, Discord, PlainDrawing, origin
from tests.bots.passing import Time

CALLS = ("screen", "post", "change", "delete", "typing", "")


def _something_goes_wrong(discord: Discord, chance: random.Random) -> None:
    call = chance.choice(CALLS)
    match chance.randrange(4):
        case 0:
            discord.fails(call=call, times=chance.choice([1, 3]))
        case 1:
            discord.loses_the_answer(call=call)
        case 2:
            discord.is_busy(call=call, times=chance.choice([1, 6]))
        case _:
            discord.refuses(50001, call=chance.choice(["post", "change"]), place=origin().spot, times=chance.choice([1, 99]))


async def _grows(discord: Discord, time: Time, text: str, chance: random.Random) -> AsyncGenerator[Update, None]:
    """The text in pieces of any size, some of them when Discord has heard of those before; a moderator may delete a message."""
    yield Began(WRITER)
    at, deletes = 0, chance.random() < 0.3
    while at < len(text):
        size = chance.choice([3, 20, 200, 2_000])
        if chance.random() < 0.1:
            yield Step(f"s{at}", "Look", chance.choice(["running", "done"]))
        yield Grew(text[at : at + size])
        at += size
        before, patience = len(discord.calls), 200 if chance.random() < 0.5 else 0
        while len(discord.calls) == before and patience:
            patience -= 1
            await asyncio.sleep(0)
        if deletes and discord.there and not discord.under_way:
            deletes = False
            discord.deletes(chance.randrange(len(discord.there)))
    yield Ended(Message(text, speaker=WRITER))


@pytest.mark.parametrize("seed", range(60))
async def test_nothing_is_lost_and_nothing_comes_twice(seed: int) -> None:
    chance = random.Random(seed)
    discord, time = Discord(), Time()
    words = [f"w{number}" for number in range(chance.choice([5, 40, 400, 4_000]))]
    text = "".join(word + chance.choice([" ", " ", " ", "\n", "\n\n"]) for word in words)
    for _ in range(chance.choice([0, 2, 4, 8])):
        _something_goes_wrong(discord, chance)
    growing = Growing(discord, PlainDrawing(), now=time.now, wait=time.wait)
    posted = await growing.grow(origin(), Live(_grows(discord, time, text, chance)), "evt", None)
    said = " ".join(discord.texts).split()
    assert [each for each in said if each.startswith("w")] == words
    assert [each.id for each in discord.there][: len(posted)] == posted
    assert not any(each.button for each in discord.there)
    assert [each.mark.part for each in discord.there if each.mark] == list(range(1, len(discord.there) + 1))
