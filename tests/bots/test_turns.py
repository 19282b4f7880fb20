"""A conversation's messages are answered one at a time and in order; those of others do not wait for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest

from bots.turns import InTurn
from core.request import Actor, Address, Asked, Platform, Said

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
MARIA = Actor(Platform.SLACK, "T1", "U1", "Maria", "Europe/London")
HERE, THERE = Address(Platform.SLACK, "T1", "C1", "1"), Address(Platform.SLACK, "T1", "C1", "2")


def said(number: int, address: Address = HERE, *, seconds: int = 0) -> Said:
    """Words, so long after noon."""
    at = NOON + timedelta(seconds=seconds)
    return Said(id=f"ev{number}", actor=MARIA, address=address, at=at, text=str(number))


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
            await my_turn.turn()
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
        later = come(second.turn())
        assert await told(later) == [False]
        await first.turn()
        later.cancel()


async def test_another_conversation_does_not_wait() -> None:
    turns = InTurn()
    with turns.in_line(said(1)) as one, turns.in_line(said(2, THERE)) as other:
        assert await told(come(one.turn()), come(other.turn())) == [True, True]


async def test_a_command_does_not_wait_and_nobody_waits_for_it() -> None:
    turns = InTurn()
    asked = Asked(id="ev2", actor=MARIA, address=HERE, at=NOON, command="help")
    with turns.in_line(said(1)) as words, turns.in_line(asked) as command, turns.in_line(asked) as again:
        assert await told(come(words.turn()), come(command.turn()), come(again.turn())) == [True, True, True]
    with turns.in_line(asked), turns.in_line(said(3)) as words:
        assert await told(come(words.turn())) == [True]


async def test_who_gives_up_waiting_does_not_hold_up_the_rest() -> None:
    turns = InTurn()

    async def give_up() -> None:
        with turns.in_line(said(2)) as mine:
            await mine.turn()

    with turns.in_line(said(1)) as first:
        await first.turn()
        second = asyncio.create_task(give_up())
        await told()
        with turns.in_line(said(3)) as third:
            last = come(third.turn())
            second.cancel()
            assert await told(last) == [False]
    assert await told(second) == [True]
    with turns.in_line(said(4)) as fourth:
        await fourth.turn()


async def test_an_answer_that_fails_lets_the_next_one_come() -> None:
    turns = InTurn()
    with pytest.raises(ValueError, match="broken"), turns.in_line(said(1)):
        raise ValueError("broken")
    with turns.in_line(said(2)) as second:
        await second.turn()


async def test_what_was_said_earlier_and_comes_later_goes_before_what_waits_and_after_what_is_being_answered() -> None:
    turns = InTurn()
    begun = turns.stand(said(3, seconds=3))
    await begun.turn()
    waiting = turns.stand(said(2, seconds=2))
    earlier = turns.stand(said(1, seconds=1))
    second, first = come(waiting.turn()), come(earlier.turn())
    assert await told(second, first) == [False, False]
    begun.leave()
    assert await told(second, first) == [False, True]
    earlier.leave()
    assert await told(second) == [True]


async def test_who_waits_for_another_process_lets_someone_go_first_who_spoke_earlier() -> None:
    turns, elsewhere = InTurn(), asyncio.Event()

    async def wait_elsewhere() -> None:
        await elsewhere.wait()

    waiting = turns.stand(said(2, seconds=2))
    second = come(waiting.turn(wait_elsewhere))
    await told()
    earlier = turns.stand(said(1, seconds=1))
    first = come(earlier.turn())
    elsewhere.set()
    assert await told(second, first) == [False, True]
    earlier.leave()
    assert await told(second) == [True]


async def test_a_place_is_left_only_once() -> None:
    turns = InTurn()
    first, second, third = (turns.stand(said(number)) for number in range(3))
    first.leave()
    first.leave()
    last = come(third.turn())
    await second.turn()
    assert await told(last) == [False]
    third.leave()
