"""What only reads is answered before it is kept: once, however often it comes, and with nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bots.desk import Desk
from bots.discord.arrived import Origin
from bots.discord.readings import Readings
from bots.discord.replies import Reply, Spent
from bots.discord.troubles import DiscordTrouble, DiscordUnreachable
from bots.reception import Reception
from core.errors import NotFound
from core.leases import LEASE
from core.people.model import Person as Student
from core.request import Actor, Address, Asked, Event, Platform, Request
from core.sharing.service import Sharing
from core.ui import Answer, Message
from persistence.embedded import open_embedded
from persistence.inbox import InboxRecord
from persistence.shown import ShownRecord
from tests.bots.discord.sending import Sent
from tests.bots.doors import Says
from tests.records import Outage, Time, come
from tests.servers.discord.person import Person
from tests.servers.discord.things import Channel, Does, Interaction
from tests.students import NOON

NEVER = 600.0
"""Seconds: in a test nothing takes as long by itself."""
PRIVATE = Message("What I know about you.", private=True)
NORA = Student(id="per_1", user_id="usr_1", organization_id="org_1", name="Nora", identities=(), created_at=NOON)


class Process:
    """One process that answers readings, over a record that can go away and a Discord that can stay silent."""

    def __init__(self, sent: Sent, record: Outage, time: Time, owner: str) -> None:
        self.sent = sent
        self.time = time
        self.inbox = InboxRecord(record)
        self.sharing = Sharing(ShownRecord(record))
        self.door = Says(self.handle)
        self.reception = Reception(self.door, self.inbox, owner=owner, now=time.now, wait=time.wait)
        self.readings = Readings(self.reception, self, soon=NEVER, kept_within=NEVER)
        self.desk = Desk()
        self.silent = False
        self.ready = asyncio.Event()
        self.ready.set()

    def takes_long(self) -> None:
        """From now on an answer takes longer than Discord waits, until it is `ready`."""
        self.ready.clear()
        self.readings = Readings(self.reception, self, soon=0.0, kept_within=NEVER)

    async def handle(self, request: Request) -> Answer:
        """The core: the answer takes as long as a test wants."""
        await self.ready.wait()
        assert isinstance(request, Asked)
        return self.sharing.offered(PRIVATE, request)

    async def show(self, answer: Answer, origin: Origin, event: Event, *, key: str, reply: Reply | None) -> None:
        """Show it, where Discord is there."""
        if self.silent:
            raise DiscordUnreachable(perhaps_done=False)
        assert isinstance(answer, Message)
        await self.sent.messenger.answer(origin, answer, key, reply)

    async def defer(self, reply: Reply, *, hidden: bool) -> None:
        """Say that an answer will come."""
        try:
            await reply.defer(hidden=hidden)
        except (Spent, DiscordTrouble):
            raise AssertionError("Discord took no defer") from None

    def asks(self, who: Person, room: Channel) -> tuple[Interaction, Asked]:
        """Somebody asks for it, and this process begins to answer."""
        made, reply = self.sent.asked(who, room)
        actor = Actor(Platform.DISCORD, self.sent.server.guild.id, who.id, "Nora")
        place = Address(Platform.DISCORD, self.sent.server.guild.id, room.id)
        asked = Asked(id=made.id, actor=actor, address=place, at=self.time.now(), direct=False, command="me")
        self.hears(asked, who, room, reply)
        return made, asked

    def hears(self, asked: Asked, who: Person, room: Channel, reply: Reply) -> None:
        """It is told of what somebody asked."""
        origin = self.sent.origin(who, room)
        self.desk.begin(self.readings.answer(asked, replace(origin, present=True), reply, hidden=True))

    async def at_rest(self) -> None:
        """All that was begun is done."""
        async with asyncio.timeout(10):
            await self.desk.rest()

    async def states(self) -> dict[str, int]:
        """How many events stand how."""
        return {state.value: count for state, count in (await self.inbox.counts()).items() if count}

    async def keeps_up(self) -> None:
        """The moment passes for which what was answered waits."""
        await come(lambda: self.time.sleeping > 0)
        self.time.pass_by(1)
        await self.reception.close()

    async def shared(self, asked: Asked) -> str:
        """What the share button shows to everybody."""
        return (await self.sharing.shared(NORA, asked.actor.identity, f"discord:{asked.id}")).text


@pytest.fixture
async def record(tmp_path: Path) -> AsyncGenerator[Outage, None]:
    database = await open_embedded(tmp_path)
    await database.prepare()
    yield Outage(database)
    await database.close()


@pytest.fixture
async def one(sent: Sent, record: Outage, time: Time) -> AsyncGenerator[Process, None]:
    made = Process(sent, record, time, "one")
    yield made
    await made.desk.close(5.0, made.reception.leave)
    await made.reception.close()


@pytest.fixture
def time() -> Time:
    return Time()


async def test_the_answer_is_the_first_response_and_its_row_comes_after_it(one: Process, maria: Person, room: Channel) -> None:
    made, asked = one.asks(maria, room)
    await one.at_rest()
    assert (made.did, maria.last.ephemeral) == (Does.MESSAGE, True)
    assert "What I know about you." in maria.last.text
    assert await one.states() == {}
    with pytest.raises(NotFound, match="Ask for it again"):
        await one.shared(asked)
    await one.keeps_up()
    assert await one.states() == {"done": 1}
    assert await one.shared(asked) == "Shared by Nora\n\nWhat I know about you."


async def test_a_second_delivery_is_not_answered_before_nor_after_the_row_is_there(
    one: Process, sent: Sent, record: Outage, time: Time, maria: Person, room: Channel
) -> None:
    made, asked = one.asks(maria, room)
    _, reply = sent.asked(maria, room)
    one.hears(asked, maria, room, reply)
    await one.at_rest()
    one.hears(asked, maria, room, reply)
    await one.at_rest()
    assert (made.did, len(one.door.asked), len(maria.answers)) == (Does.MESSAGE, 1, 1)
    await one.keeps_up()
    assert await Process(sent, record, time, "two").reception.receive(asked) is None


async def test_a_process_that_dies_before_the_row_is_there_has_acknowledged_nothing_but_by_the_answer(
    one: Process, sent: Sent, record: Outage, time: Time, maria: Person, room: Channel
) -> None:
    _, asked = one.asks(maria, room)
    await one.at_rest()
    assert len(maria.answers) == 1
    two = Process(sent, record, time, "two")  # the first is killed in this moment: what it had not written is gone
    assert await two.states() == {}
    with pytest.raises(NotFound, match="Ask for it again"):
        await two.shared(asked)


async def test_what_takes_long_is_kept_and_then_deferred_and_settled_with_its_answer(
    one: Process, maria: Person, room: Channel
) -> None:
    one.takes_long()
    made, asked = one.asks(maria, room)
    await come(lambda: made.did is not None)
    assert (made.did, await one.states()) == (Does.DEFERRED_MESSAGE, {"running": 1})
    one.ready.set()
    await one.at_rest()
    assert "What I know about you." in maria.last.text
    assert (await one.states(), len(one.door.asked)) == ({"done": 1}, 1)
    assert await one.shared(asked) == "Shared by Nora\n\nWhat I know about you."


async def test_what_takes_long_and_is_at_another_process_already_is_left_to_it(
    one: Process, sent: Sent, record: Outage, time: Time, maria: Person, room: Channel
) -> None:
    one.takes_long()
    made, asked = one.asks(maria, room)
    assert await Process(sent, record, time, "two").reception.receive(asked) is not None
    await one.at_rest()
    assert (made.did, await one.states()) == (None, {"running": 1})


async def test_what_takes_long_and_is_lost_to_another_process_is_not_shown(
    one: Process, time: Time, maria: Person, room: Channel
) -> None:
    one.takes_long()
    made, asked = one.asks(maria, room)
    await come(lambda: made.did is not None)
    await one.inbox.free(time.now())
    [taken] = await one.inbox.claim("two", time.now(), LEASE, 1)
    await come(lambda: time.pass_by(1) or not one.desk._tasks)
    assert taken.read() == asked
    assert "What I know about you." not in maria.last.text
    assert await one.states() == {"running": 1}


async def test_what_takes_long_is_given_back_where_the_process_ends(
    one: Process, time: Time, maria: Person, room: Channel
) -> None:
    one.takes_long()
    made, _ = one.asks(maria, room)
    await come(lambda: made.did is not None)
    await one.desk.close(0.0, one.reception.leave)
    assert await one.states() == {"waiting": 1}
    one.ready.set()


async def test_what_was_not_answered_when_the_process_ends_is_kept_for_the_next(
    one: Process, maria: Person, room: Channel
) -> None:
    one.ready.clear()
    made, _ = one.asks(maria, room)
    await asyncio.sleep(0)
    await one.desk.close(0.0, one.reception.leave)
    assert (made.did, await one.states()) == (None, {"waiting": 1})


async def test_what_could_not_be_shown_is_left_to_another(one: Process, maria: Person, room: Channel) -> None:
    one.silent = True
    one.asks(maria, room)
    await one.at_rest()
    assert await one.states() == {"running": 1}


async def test_while_the_record_is_away_what_can_be_answered_is_and_its_row_comes_when_the_record_is_back(
    one: Process, record: Outage, time: Time, maria: Person, room: Channel
) -> None:
    record.down = True
    made, asked = one.asks(maria, room)
    await one.at_rest()
    assert made.did is Does.MESSAGE
    await come(lambda: time.sleeping > 0)
    time.pass_by(1)
    await come(lambda: record.refused > 0 and time.sleeping > 0)
    record.down = False
    time.pass_by(10)
    await one.reception.close()
    assert await one.shared(asked) == "Shared by Nora\n\nWhat I know about you."


async def test_what_takes_long_while_the_record_is_away_is_deferred_all_the_same_and_kept_afterwards(
    one: Process, record: Outage, time: Time, maria: Person, room: Channel
) -> None:
    record.down = True
    one.takes_long()
    made, _ = one.asks(maria, room)
    await come(lambda: made.did is not None)
    assert made.did is Does.DEFERRED_MESSAGE
    record.down = False
    one.ready.set()
    await one.at_rest()
    await one.keeps_up()
    assert await one.states() == {"done": 1}
    assert len(maria.answers) == 1
