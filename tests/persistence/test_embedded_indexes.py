"""The embedded record's indexes: made, changed and used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.errors import AlreadyThere, StoreTrouble
from persistence.embedded import open_embedded
from persistence.indexes import INDEXES, Index, OnlyText
from tests.contracts.tables import NOON

ASKED: list[tuple[str, dict[str, Any], list[tuple[str, int]]]] = [
    ("users", {"_id": "x"}, []),
    ("users", {"_id": {"$in": ["x", "y"]}}, []),
    ("users", {"_id": {"$gt": "x"}}, []),
    ("users", {"email": "a@b.c"}, []),
    ("persons", {"identities": "slack:T:U"}, []),
    ("persons", {"identities": {"$in": ["slack:T:U", "discord:G:U"]}}, []),
    ("persons", {"organizationId": "org"}, [("_id", -1)]),
    ("agents", {"systemRole": "Teacher", "kind": "system_agent"}, []),
    ("agents", {"createdBy": "usr", "kind": "user_agent"}, []),
    ("conversations", {"platform": "s", "workspaceOrGuildId": "w", "channelId": "c", "threadId": None}, []),
    ("conversationMessages", {"conversationId": "c"}, [("_id", -1)]),
    ("conversationMessages", {"platform": "slack", "externalMessageId": "1.2"}, []),
    ("userFunnelSnapshots", {"userId": "u"}, [("snapshotDate", -1)]),
    ("userGeneratedAssets", {"userId": "u", "status": {"$in": ["Draft", "Implemented"]}}, []),
    ("userGeneratedAssets", {"userId": "u", "status": "Draft"}, [("createdAt", -1)]),
    ("inbox", {"dueAt": {"$lte": NOON}}, [("dueAt", 1)]),
    ("jobs", {"dueAt": {"$lte": NOON}}, [("dueAt", 1)]),
    ("jobs", {"key": "digest:2026-11-22"}, []),
    ("jobs", {"_id": "x", "$or": [{"leaseUntil": None}, {"leaseUntil": {"$lte": NOON}}]}, []),
    ("nudges", {"personId": "p", "kind": "k", "localDate": "2026-11-22"}, []),
    ("courseModules", {"moduleNumber": {"$gte": 3}}, [("moduleNumber", 1)]),
]
SORTED_BY_THE_INDEX = [each for each in ASKED if each[0] in ("inbox", "jobs", "conversationMessages") and each[2]]


@pytest.mark.parametrize(("name", "where", "sort"), ASKED, ids=str)
async def test_what_is_asked_is_found_by_an_index(
    tmp_path: Path, name: str, where: dict[str, Any], sort: list[tuple[str, int]]
) -> None:
    database = await open_embedded(tmp_path)
    await database.prepare()
    plan = await database.collection(name).explain(where, sort)
    await database.close()
    assert plan
    assert not [step for step in plan if step.startswith("SCAN")]
    if (name, where, sort) in SORTED_BY_THE_INDEX:
        assert not [step for step in plan if "TEMP B-TREE" in step]


async def test_what_no_index_answers_is_a_scan(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    await database.prepare()
    plan = await database.collection("users").explain({"name": "x"})
    await database.close()
    assert [step for step in plan if step.startswith("SCAN")]


async def test_indexes_follow_their_table(tmp_path: Path) -> None:
    plain = {"seats": (Index("by_code", (("code", 1),)),)}
    first = await open_embedded(tmp_path, indexes=plain)
    await first.prepare()
    await first.collection("seats").insert({"_id": "1", "code": "c"})
    await first.collection("seats").insert({"_id": "2", "code": "d"})
    await first.close()
    unique = {"seats": (Index("by_code", (("code", 1),), unique=True), Index("by_row", (("row", 1),)))}
    second = await open_embedded(tmp_path, indexes=unique)
    await second.prepare()
    with pytest.raises(AlreadyThere):
        await second.collection("seats").insert({"_id": "3", "code": "c"})
    await second.close()
    none = await open_embedded(tmp_path, indexes={"seats": ()})
    await none.prepare()
    await none.collection("seats").insert({"_id": "3", "code": "c"})
    await none.close()


async def test_an_index_that_two_documents_would_share_is_not_made_and_nothing_else_either(tmp_path: Path) -> None:
    first = await open_embedded(tmp_path, indexes={"seats": ()})
    for each in "12":
        await first.collection("seats").insert({"_id": each, "code": "c", "holders": ["h"]})
    await first.close()
    for wanted in (
        Index("by_code", (("code", 1),), unique=True),
        Index("by_holder", (("holders", 1),), unique=True, each=True),
    ):
        again = await open_embedded(tmp_path, indexes={"seats": (Index("by_row", (("row", 1),)), wanted)})
        with pytest.raises(StoreTrouble, match=wanted.name) as trouble:
            await again.prepare()
        assert not isinstance(trouble.value, AlreadyThere)
        assert [step[:4] for step in await again.collection("seats").explain({"row": 1})] == ["SCAN"]
        await again.close()


async def test_a_list_that_is_indexed_later_is_found_by_what_it_held_before(tmp_path: Path) -> None:
    kept: list[Any] = ["b", 1, None]
    wanted: list[dict[str, str | OnlyText]] = [{}, {"holders": OnlyText()}]
    for round_, where in enumerate(wanted):
        first = await open_embedded(tmp_path, indexes={"seats": ()})
        await first.prepare()
        await first.collection("seats").insert({"_id": f"{round_}", "holders": [f"a{round_}", *kept[round_:]]})
        await first.close()
        index = Index("by_holder", (("holders", 1),), where=where, each=True)
        second = await open_embedded(tmp_path, indexes={"seats": (index,)})
        await second.prepare()
        found = await second.collection("seats").find({"holders": f"a{round_}"})
        assert [each["_id"] for each in found] == [f"{round_}"]
        await second.close()


async def test_every_collection_of_the_table_is_there_without_preparing(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    for name in INDEXES:
        await database.collection(name).insert({"_id": "x"})
        assert await database.collection(name).count({}) == 1
    await database.close()
