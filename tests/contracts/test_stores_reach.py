"""How people are reached on Discord, the same on both databases."""

from __future__ import annotations

from core.reach import Reach, Unreached, reach_id
from core.roles import Role
from persistence.documents import Value
from persistence.migrations import m0005_asides
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.reach import ReachRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, met

ID = reach_id(DISCORD.user)
MET = Reach(id=ID, identity=DISCORD.identity, workspace=DISCORD.workspace, channels={DISCORD.workspace: "77"})


async def test_where_somebody_was_met_changes_and_all_else_stays(strict: Strict) -> None:
    store = ReachRecord(strict)
    assert await store.find(ID) is None
    await store.met(MET)
    assert await store.find(ID) == MET
    await store.opened(ID, "88", NOON)
    asides = {DISCORD.workspace: "99", "2": "100"}
    await store.set_aside(ID, asides)
    await store.met(MET.model_copy(update={"workspace": "2", "channels": {**MET.channels, "2": "78"}}))
    found = await store.find(ID)
    assert found is not None
    assert (found.workspace, found.direct, found.opened_at) == ("2", "88", NOON)
    assert (found.channels, found.asides) == ({DISCORD.workspace: "77", "2": "78"}, asides)
    assert (found.homes, found.home, found.homes_with("3")) == ((), "2", ("2", "3")), "as before there were any"
    await store.talks(ID, ("2", "1"))
    found = await store.find(ID)
    assert found is not None
    assert (found.home, found.homes_with("2")) == ("1", ("1", "2"))


async def test_from_before_there_was_a_thread_for_each_guild_only_what_is_sure_is_kept(strict: Strict) -> None:
    store, rows = ReachRecord(strict), strict.collection("reaches")
    before: dict[str, Value] = {"identity": "discord:2:1", "workspace": "2", "channel": "77", "aside": "99"}
    for name, homes in {"one": ["2"], "several": ["1", "2"]}.items():
        await rows.insert({**before, "_id": name, "homes": homes})
    await store.met(MET)
    for _ in range(2):
        await m0005_asides.apply(strict)
    one, several, new = [await store.find(each) for each in ("one", "several", ID)]
    assert one is not None
    assert several is not None
    assert (one.channels, one.asides) == ({"2": "77"}, {"2": "99"})
    assert (several.channels, several.asides) == ({"2": "77"}, {})
    assert new == MET


async def test_refusals_are_counted_in_a_row(strict: Strict) -> None:
    store = ReachRecord(strict)
    assert await store.refused(ID) == 0, "nobody was met"
    await store.opened(ID, "88", NOON)
    assert await store.find(ID) is None, "nor is anybody made up"
    await store.met(MET)
    assert [await store.refused(ID) for _ in range(3)] == [1, 2, 3]
    await store.reached(ID)
    assert await store.refused(ID) == 1


async def test_every_coach_of_the_organization_is_told_once(strict: Strict) -> None:
    people, outbox = PeopleRecord(strict), OutboxRecord(strict)
    student = await met(strict, DISCORD)
    for number, role in enumerate((Role.COACH, Role.ADMIN, Role.STUDENT)):
        other = student.model_copy(
            update={"id": f"per_{number}", "role": role, "identities": (f"discord:{DISCORD.workspace}:{number}",)}
        )
        await strict.collection("persons").insert(other.document())
    assert {each.id for each in await people.coaches(student.organization_id)} == {"per_0", "per_1"}
    unreached = Unreached(people, outbox)
    await unreached.tell(MET, DISCORD.identity, NOON, aside=True)
    await unreached.tell(MET, DISCORD.identity, NOON + HOUR, aside=False)
    letters = await strict.collection("outbox").find({})
    assert sorted(str(each["personId"]) for each in letters) == ["per_0", "per_1"]
    letter = await outbox.find(student.organization_id, f"unreached:{ID}:per_0")
    assert letter is not None
    assert letter.address.channel == "@0"
    assert f"I write to {student.name} in a private thread instead" in str(letter.read().cards[0].body)


async def test_who_turned_to_us_directly_lately_is_found_the_last_first(strict: Strict) -> None:
    store = ReachRecord(strict)
    await store.heard(ID, NOON)
    assert not await store.lately(NOON, 5), "nobody is made up"
    for number in range(4):
        await store.met(MET.model_copy(update={"id": reach_id(str(number))}))
    for number in range(3):
        await store.heard(reach_id(str(number)), NOON + number * HOUR)
    assert [each.id for each in await store.lately(NOON + HOUR, 5)] == [reach_id("2"), reach_id("1")]
    assert [each.id for each in await store.lately(NOON, 1)] == [reach_id("2")]
