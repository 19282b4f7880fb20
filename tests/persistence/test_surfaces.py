"""A process takes only what it can answer: events and messages of the surfaces that it serves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.leases import LEASE
from core.outbox import new_letter
from core.request import Address, Platform, Said
from core.ui import Message
from persistence.documents import Database
from persistence.embedded import EmbeddedDatabase
from persistence.inbox import InboxRecord
from persistence.outbox import OutboxRecord
from tests.bots.doors import HERE, MARIA
from tests.bots.doors import said as typed
from tests.records import NOON
from tests.scheduler.people import PLACE, said

LATER = NOON + LEASE + timedelta(seconds=1)
"""Not to the millisecond: SecantusDB takes `$lte` for `$lt` inside an index of three fields."""
NORAS = Address(Platform.TERMINAL, "terminal", "nora")


def typed_by_nora() -> Said:
    """Words at another account's terminal."""
    return replace(typed("ev2"), actor=replace(MARIA, user="nora"), address=NORAS)


async def test_nobody_answers_another_platform_s_events_nor_another_person_s_terminal(both: Database) -> None:
    inbox = InboxRecord(both)
    for request in (said("Ev1"), typed("ev1"), typed_by_nora()):
        await inbox.take(request, owner="one", at=NOON)
    assert [each.id for each in await InboxRecord(both, surfaces=["discord"]).claim("two", LATER, LEASE, 9)] == []
    marias = await InboxRecord(both, surfaces=[HERE.surface]).claim("two", LATER, LEASE, 9)
    assert [each.id for each in marias] == ["terminal:ev1"]
    rest = await InboxRecord(both, surfaces=["slack", NORAS.surface]).claim("two", LATER, LEASE, 9)
    assert {each.id for each in rest} == {"slack:Ev1", "terminal:ev2"}


async def test_nobody_sends_another_platform_s_messages(both: Database) -> None:
    outbox = OutboxRecord(both)
    for address in (PLACE, HERE, NORAS):
        await outbox.add(new_letter(address.surface, address, Message("Hello."), organization_id="org_one", at=NOON))
    found = await OutboxRecord(both, surfaces=[HERE.surface]).claim("two", LATER, LEASE, 9)
    assert [each.key for each in found] == [HERE.surface]
    assert not await OutboxRecord(both, surfaces=[]).claim("two", LATER, LEASE, 9)


async def test_of_several_surfaces_what_has_been_due_for_longest_comes_first(both: Database) -> None:
    inbox = InboxRecord(both)
    for number, request in enumerate((typed("a"), said("b"), typed("c"), said("d"))):
        await inbox.take(request, owner="one", at=NOON - timedelta(seconds=10 - number))
    serving = InboxRecord(both, surfaces=["slack", HERE.surface])
    assert [each.id for each in await serving.claim("two", LATER, LEASE, 3)] == ["terminal:a", "slack:b", "terminal:c"]


async def test_a_surface_s_due_rows_are_walked_by_an_index_in_their_order(embedded_record: EmbeddedDatabase) -> None:
    for name in ("inbox", "outbox"):
        rows = embedded_record.collection(name)
        plan = await rows.explain({"surface": "slack", "dueAt": {"$lte": NOON}}, sort=[("dueAt", 1)])
        assert len(plan) == 1
        assert "by_surface_due" in plan[0]
