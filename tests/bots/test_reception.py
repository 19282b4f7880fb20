"""What people do is kept before it is answered, and settled once it was shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bots.reception import Received, Reception
from core.errors import StoreDown
from core.leases import LEASE, State
from core.parcels import Keepable
from core.request import File, Request, Said
from core.ui import Answer, Button, Buttons, Ended, Live, Message, Text, Update
from persistence.inbox import InboxRecord
from tests.blank import record_in
from tests.bots.doors import HERE, MARIA, Says, asked, said
from tests.records import NOON, Outage, Time, come


@dataclass
class Lobby:
    """A reception, and all that stands around it."""

    inbox: InboxRecord
    outage: Outage
    time: Time
    receptions: list[Reception] = field(default_factory=list)

    def reception(self, door: Says, owner: str = "one") -> Reception:
        """In front of this door."""
        made = Reception(door, self.inbox, owner=owner, now=self.time.now, wait=self.time.wait)
        self.receptions.append(made)
        return made

    async def states(self) -> dict[str, int]:
        """How many events stand how."""
        return {state.value: count for state, count in (await self.inbox.counts()).items() if count}


@pytest.fixture
async def lobby(tmp_path: Path) -> AsyncGenerator[Lobby, None]:
    """With nothing in the inbox."""
    database = await record_in(tmp_path)
    outage = Outage(database)
    made = Lobby(InboxRecord(outage), outage, Time())
    yield made
    for each in made.receptions:
        await each.close()
    await database.close()


async def hello(request: Request) -> Answer:
    return Message("Hello.")


async def only_if_called(request: Request) -> Answer:
    return Message("Here I am.") if isinstance(request, Said) and request.addressed else None


async def story() -> AsyncGenerator[Update, None]:
    yield Ended(Message("The end."))


def words(answer: Answer) -> str:
    """The text of a message and of its cards, with the labels of its buttons."""
    assert isinstance(answer, Message)
    parts = [answer.text]
    for element in (element for card in answer.cards for element in card.body):
        if isinstance(element, Text):
            parts.append(element.markdown)
        elif isinstance(element, Buttons):
            parts += [each.label for each in element.items if isinstance(each, Button)]
    return "\n".join(parts)


async def test_an_event_is_kept_before_it_is_answered_and_settled_when_it_was_shown(lobby: Lobby) -> None:
    async def look(request: Request) -> Answer:
        assert await lobby.states() == {"running": 1}
        return Message("Hello.")

    async with lobby.reception(Says(look)).answering(said()) as answer:
        assert answer == Message("Hello.")
        assert await lobby.states() == {"running": 1}
    assert await lobby.states() == {"done": 1}


async def test_a_second_delivery_has_no_answer_neither_meanwhile_nor_later(lobby: Lobby) -> None:
    door = Says(hello)
    reception = lobby.reception(door)
    async with reception.answering(said()) as first:
        assert first is not None
        async with reception.answering(said()) as meanwhile:
            assert meanwhile is None
    async with lobby.reception(door).answering(said()) as later:
        assert later is None
    assert len(door.asked) == 1


async def test_what_the_person_stops_is_settled(lobby: Lobby) -> None:
    shown = asyncio.Event()

    async def show() -> None:
        async with lobby.reception(Says(hello)).answering(said()):
            shown.set()
            await asyncio.Event().wait()

    showing = asyncio.create_task(show())
    await shown.wait()
    showing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await showing
    assert await lobby.states() == {"done": 1}


async def test_what_could_not_be_shown_is_left_for_another(lobby: Lobby) -> None:
    with pytest.raises(OSError, match="gone"):
        async with lobby.reception(Says(hello)).answering(said()):
            raise OSError("the screen is gone")
    assert await lobby.states() == {"running": 1}
    [arrival] = await lobby.inbox.claim("two", NOON + LEASE, LEASE, 1)
    assert arrival.read() == said()


async def test_an_answer_that_a_job_keeps_is_settled_before_it_is_shown(lobby: Lobby) -> None:
    async def grow(request: Request) -> Answer:
        return Live(story(), kept=True)

    async with lobby.reception(Says(grow)).answering(asked()) as answer:
        assert isinstance(answer, Live)
        assert await lobby.states() == {"done": 1}
        await answer.updates.aclose()


async def test_who_loses_the_lease_while_showing_stops_without_a_word(lobby: Lobby) -> None:
    shown, over = asyncio.Event(), False

    async def show() -> None:
        nonlocal over
        async with lobby.reception(Says(hello)).answering(said()):
            shown.set()
            await asyncio.Event().wait()
        over = True

    showing = asyncio.create_task(show())
    await shown.wait()
    await come(lambda: lobby.time.sleeping == 1)
    [taken] = await lobby.inbox.claim("two", NOON + LEASE, LEASE, 1)
    lobby.time.pass_by(20)
    await showing
    assert over
    assert await lobby.states() == {"running": 1}
    await lobby.inbox.done(taken, NOON)


async def test_who_loses_the_lease_before_there_is_an_answer_has_none(lobby: Lobby) -> None:
    thinking = asyncio.Event()

    async def think(request: Request) -> Answer:
        thinking.set()
        await asyncio.Event().wait()
        return None

    async def show() -> Answer:
        async with lobby.reception(Says(think)).answering(said()) as answer:
            return answer
        raise AssertionError

    showing = asyncio.create_task(show())
    await thinking.wait()
    await come(lambda: lobby.time.sleeping == 1)
    await lobby.inbox.claim("two", NOON + LEASE, LEASE, 1)
    lobby.time.pass_by(20)
    assert await showing is None


async def test_what_is_too_large_is_refused_and_never_reaches_the_door(lobby: Lobby) -> None:
    door = Says(hello)
    large = Said(id="ev9", actor=MARIA, address=HERE, at=NOON, text="", files=(File("a", "b", b"x" * 2_000_000),))
    async with lobby.reception(door).answering(large) as answer:
        assert "too large" in words(answer)
    assert not door.asked
    assert await lobby.states() == {}


async def test_while_the_record_is_away_people_are_told_to_wait_and_a_command_can_be_tried_again(lobby: Lobby) -> None:
    door = Says(hello)
    reception = lobby.reception(door)
    lobby.outage.down = True
    async with reception.answering(asked()) as answer:
        assert words(answer) == f"\n{StoreDown().message}\nTry again"
    lobby.outage.down = False
    assert not door.asked
    async with reception.answering(asked("ev2")) as answer:
        assert words(answer) == "Hello."


async def test_a_record_that_goes_away_after_the_answer_keeps_nobody_waiting_and_learns_of_it_when_it_is_back(
    lobby: Lobby,
) -> None:
    reception = lobby.reception(Says(hello))
    async with reception.answering(said()):
        lobby.outage.down = True
    assert reception.has_shown("terminal:ev1")
    await come(lambda: lobby.outage.refused > 1)
    lobby.outage.down = False
    assert await lobby.states() == {"running": 1}
    await come(lambda: not reception.has_shown("terminal:ev1") or lobby.time.pass_by(0.2))
    assert await lobby.states() == {"done": 1}


async def test_no_event_is_settled_by_who_was_overtaken(lobby: Lobby) -> None:
    reception = lobby.reception(Says(hello))
    async with reception.answering(said()):
        await lobby.inbox.claim("two", NOON + LEASE, LEASE, 1)
    assert await lobby.states() == {"running": 1}
    assert not reception.has_shown("terminal:ev1")


async def test_words_that_were_for_nobody_are_passed_over_and_taken_again_where_they_were(lobby: Lobby) -> None:
    reception = lobby.reception(Says(only_if_called))
    async with reception.answering(said(addressed=False)) as overheard:
        assert overheard is None
    assert (await lobby.inbox.counts())[State.DONE] == 1
    async with reception.answering(said(text="@Elevate hello")) as mention:
        assert words(mention) == "Here I am."
    assert (await lobby.inbox.counts())[State.DONE] == 1


async def test_a_mention_that_comes_while_its_message_is_looked_at_is_answered_by_who_looks(lobby: Lobby) -> None:
    looking, go_on = asyncio.Event(), asyncio.Event()

    async def look(request: Request) -> Answer:
        looking.set()
        await go_on.wait()
        return await only_if_called(request)

    async def show(request: Keepable) -> Answer:
        async with lobby.reception(door).answering(request) as answer:
            return answer
        raise AssertionError

    door = Says(look)
    first = asyncio.create_task(show(said(addressed=False)))
    await looking.wait()
    assert await show(said()) is None
    go_on.set()
    assert words(await first) == "Here I am."
    assert await lobby.states() == {"done": 1}


async def test_a_message_that_comes_meanwhile_is_kept_at_once_and_answered_when_the_first_was_shown(lobby: Lobby) -> None:
    door = Says(hello)
    reception = lobby.reception(door)

    async def second() -> Answer:
        async with reception.answering(said("ev2", "and then?")) as answer:
            return answer

    async with reception.answering(said("ev1")):
        later = asyncio.create_task(second())
        while (await lobby.states()).get("running", 0) < 2:  # noqa: ASYNC110 - what is waited for happens in a database
            await asyncio.sleep(0)
        async with reception.answering(asked("ev3")) as command:
            assert command == Message("Hello.")
        assert [each.id for each in door.asked] == ["ev1", "ev3"]
        assert not later.done()
    assert await later == Message("Hello.")
    assert await lobby.states() == {"done": 3}


async def show(reception: Reception, received: Received | None) -> Answer:
    """The answer to what was received."""
    assert received is not None
    async with reception.answered(received) as answer:
        return answer
    raise AssertionError


def later(seconds: int, event: str) -> Said:
    """Words, so long after noon."""
    return replace(said(event), at=NOON + timedelta(seconds=seconds))


async def test_what_is_received_is_kept_at_once_and_answered_afterwards(lobby: Lobby) -> None:
    door = Says(hello)
    reception = lobby.reception(door)
    received = await reception.receive(said())
    assert await lobby.states() == {"running": 1}
    assert not door.asked
    assert await reception.receive(said()) is None
    assert await show(reception, received) == Message("Hello.")
    assert await lobby.states() == {"done": 1}
    assert await reception.receive(said()) is None


async def test_what_cannot_be_kept_is_not_received_and_holds_up_nobody(lobby: Lobby) -> None:
    reception = lobby.reception(Says(hello))
    lobby.outage.down = True
    with pytest.raises(StoreDown):
        await reception.receive(said("ev1"))
    with pytest.raises(StoreDown):
        await reception.put_by(said("ev1"))
    lobby.outage.down = False
    assert await show(reception, await reception.receive(said("ev2"))) == Message("Hello.")


async def test_what_is_put_by_is_left_for_whoever_has_time(lobby: Lobby) -> None:
    door = Says(hello)
    await lobby.reception(door).put_by(said())
    assert not door.asked
    assert await lobby.states() == {"waiting": 1}
    [arrival] = await lobby.inbox.claim("two", NOON, LEASE, 1)
    assert (arrival.read(), arrival.taken_before) == (said(), False)


async def test_two_processes_answer_one_conversation_in_its_order(lobby: Lobby) -> None:
    answered = list[str]()

    async def note(request: Request) -> Answer:
        answered.append(request.id)
        return Message("Hello.")

    one, two = lobby.reception(Says(note), "one"), lobby.reception(Says(note), "two")
    first = await one.receive(later(1, "ev1"))
    second = asyncio.create_task(show(two, await two.receive(later(2, "ev2"))))
    await come(lambda: lobby.time.sleeping == 2)  # the second looks again now and then, and holds its lease
    assert await show(one, first) == Message("Hello.")
    await come(lambda: second.done() or lobby.time.pass_by(0.3))
    assert answered == ["ev1", "ev2"]
    assert await second == Message("Hello.")


async def test_messages_that_arrive_out_of_order_in_two_processes_do_not_wait_for_each_other(lobby: Lobby) -> None:
    one, two = lobby.reception(Says(hello), "one"), lobby.reception(Says(hello), "two")
    arrived = [
        (one, await one.receive(later(3, "ev3"))),
        (two, await two.receive(later(2, "ev2"))),
        (one, await one.receive(later(1, "ev1"))),
        (two, await two.receive(later(0, "ev0"))),
    ]
    showing = [asyncio.create_task(show(*each)) for each in arrived]
    await come(lambda: all(each.done() for each in showing) or lobby.time.pass_by(0.3))
    assert await lobby.states() == {"done": 4}


async def test_an_answer_out_of_order_is_better_than_none(lobby: Lobby) -> None:
    reception = lobby.reception(Says(hello))
    await reception.put_by(later(1, "ev1"))  # and nobody has time for it
    showing = asyncio.create_task(show(reception, await reception.receive(later(2, "ev2"))))
    passed = 0.0

    def wait() -> bool:
        nonlocal passed
        passed += 0.3
        return lobby.time.pass_by(0.3)

    await come(lambda: showing.done() or wait())
    assert await showing == Message("Hello.")
    assert passed > 60


async def test_a_record_that_goes_away_while_a_message_waits_for_its_turn_leaves_it_to_the_answer(lobby: Lobby) -> None:
    reception = lobby.reception(Says(hello))
    received = await reception.receive(said())
    lobby.outage.down = True
    assert received is not None
    async with reception.answered(received) as answer:
        assert answer == Message("Hello.")
        lobby.outage.down = False
