"""A conversation's messages are answered one at a time and in order; those of others do not wait for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime

import pytest

from bots.turns import InTurn
from core.request import Actor, Address, Asked, Platform, Said

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
MARIA = Actor(Platform.SLACK, "T1", "U1", "Maria", "Europe/London")
HERE, THERE = Address(Platform.SLACK, "T1", "C1", "1"), Address(Platform.SLACK, "T1", "C1", "2")


def said(number: int, address: Address = HERE) -> Said:
    """Words."""
    return Said(id=f"ev{number}", actor=MARIA, address=address, at=NOON, text=str(number))


def come(turn: Awaitable[object]) -> asyncio.Task[object]:
    """Wait for the turn beside the test."""

    async def wait() -> object:
        return await turn

    return asyncio.create_task(wait())


async def told(*waiting: asyncio.Task[object]) -> list[bool]:
    """Which of these have come to their turn, once everything that could happen has."""
    for _ in range(5):
        await asyncio.sleep(0)
    return [each.done() for each in waiting]


async def test_messages_of_one_conversation_are_answered_one_after_the_other_in_order() -> None:
    turns, answered = InTurn(), list[str]()
    at_work = 0

    async def answer(message: Said) -> None:
        nonlocal at_work
        with turns.in_line(message) as my_turn:
            await my_turn()
            at_work += 1
            assert at_work == 1
            for _ in range(3):
                await asyncio.sleep(0)
            answered.append(message.text)
            at_work -= 1

    await asyncio.gather(*(answer(said(number)) for number in range(20)))
    assert answered == [str(number) for number in range(20)]


async def test_the_place_in_line_is_taken_before_anything_is_waited_for() -> None:
    turns = InTurn()
    with turns.in_line(said(1)) as first, turns.in_line(said(2)) as second:
        later = come(second())
        assert await told(later) == [False]
        await first()
        later.cancel()


async def test_another_conversation_does_not_wait() -> None:
    turns = InTurn()
    with turns.in_line(said(1)) as one, turns.in_line(said(2, THERE)) as other:
        assert await told(come(one()), come(other())) == [True, True]


async def test_a_command_does_not_wait_and_nobody_waits_for_it() -> None:
    turns = InTurn()
    asked = Asked(id="ev2", actor=MARIA, address=HERE, at=NOON, command="help")
    with turns.in_line(said(1)) as words, turns.in_line(asked) as command, turns.in_line(asked) as again:
        assert await told(come(words()), come(command()), come(again())) == [True, True, True]
    with turns.in_line(asked), turns.in_line(said(3)) as words:
        assert await told(come(words())) == [True]


async def test_who_gives_up_waiting_does_not_hold_up_the_rest() -> None:
    turns = InTurn()

    async def give_up() -> None:
        with turns.in_line(said(2)) as mine:
            await mine()

    with turns.in_line(said(1)) as first:
        await first()
        second = asyncio.create_task(give_up())
        await told()
        with turns.in_line(said(3)) as third:
            last = come(third())
            second.cancel()
            assert await told(last) == [False]
    assert await told(second) == [True]
    with turns.in_line(said(4)) as fourth:
        await fourth()


async def test_an_answer_that_fails_lets_the_next_one_come() -> None:
    turns = InTurn()
    with pytest.raises(ValueError, match="broken"), turns.in_line(said(1)):
        raise ValueError("broken")
    with turns.in_line(said(2)) as second:
        await second()
