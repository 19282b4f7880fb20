"""What the port on Motor promises by itself: broken connections, servers that are away, plans and validators."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel, ConfigDict, Field

from core.errors import AlreadyThere, OutsideTheLanguage, StoreDown, StoreTrouble, Unsure
from persistence.documents import Database
from persistence.indexes import Index
from persistence.language import read_filter
from persistence.mongo import MongoDatabase, open_mongo
from persistence.mongo_language import change_of, filter_of, options, plan_lines
from tests.contracts.conftest import empty
from tests.contracts.proxy import Wire
from tests.contracts.tables import NOON, TABLES


@dataclass(frozen=True)
class Behind:
    """A database that is reached through a wire which can be cut."""

    wire: Wire
    database: MongoDatabase


@pytest.fixture(params=["true", "false"], ids=["the driver retries", "the driver does not retry"])
async def behind(request: pytest.FixtureRequest, mongo_address: str, mongo_database: Database) -> AsyncIterator[Behind]:
    await empty(mongo_database)
    address = urlsplit(mongo_address)
    wire = Wire(address.hostname or "127.0.0.1", address.port or 27017)
    async with wire.listening() as port:
        uri = f"mongodb://127.0.0.1:{port}/?directConnection=true&retryWrites={request.param}"
        database = await open_mongo(uri, indexes=TABLES, database=f"elevate_{secrets.token_hex(6)}")
        await database.prepare()
        yield Behind(wire, database)
        await database.drop()
        await database.close()


async def test_an_insert_whose_acknowledgement_was_lost_is_a_success(behind: Behind) -> None:
    things = behind.database.collection("things")
    behind.wire.lose_replies_to("insert", 1)
    await things.insert({"_id": "x", "when": NOON, "list": [1, 2.5, None]})
    assert behind.wire.lost == 1
    assert await things.find({}) == [{"_id": "x", "when": NOON, "list": [1, 2.5, None]}]


async def test_an_insert_whose_acknowledgement_is_lost_again_and_again_is_never_said_to_have_failed(
    behind: Behind,
) -> None:
    things = behind.database.collection("things")
    behind.wire.lose_replies_to("insert", 9)
    with pytest.raises(StoreDown):
        await things.insert({"_id": "x", "note": "mine"})
    behind.wire.lose_replies_to("insert", 0)
    assert await things.find({}) == [{"_id": "x", "note": "mine"}]


async def test_an_insert_of_an_id_that_someone_else_took_is_refused_even_on_a_bad_wire(behind: Behind) -> None:
    things = behind.database.collection("things")
    await things.insert({"_id": "x", "note": "theirs"})
    behind.wire.lose_replies_to("insert", 1)
    with pytest.raises(AlreadyThere):
        await things.insert({"_id": "x", "note": "mine"})
    assert await things.find({}) == [{"_id": "x", "note": "theirs"}]


async def test_an_update_whose_answer_is_lost_is_not_said_to_have_failed(behind: Behind) -> None:
    things = behind.database.collection("things")
    await things.insert({"_id": "x", "version": 1})
    behind.wire.lose_replies_to("findAndModify", 9)
    with pytest.raises(Unsure):
        await things.update({"_id": "x", "version": 1}, {"$inc": {"version": 1}})
    behind.wire.lose_replies_to("findAndModify", 0)
    assert await things.find_one({"_id": "x"}) == {"_id": "x", "version": 2}


async def test_a_read_whose_answer_is_lost_is_made_again(behind: Behind) -> None:
    things = behind.database.collection("things")
    await things.insert({"_id": "x"})
    behind.wire.lose_replies_to("find", 1)
    assert await things.find({}) == [{"_id": "x"}]
    assert behind.wire.lost == 1


async def test_a_read_whose_answer_is_lost_again_and_again_is_never_said_to_have_changed_anything(behind: Behind) -> None:
    things = behind.database.collection("things")
    behind.wire.lose_replies_to("find", 9)
    with pytest.raises(StoreDown) as trouble:
        await things.find({})
    behind.wire.lose_replies_to("find", 0)
    assert not isinstance(trouble.value, Unsure)


async def test_a_server_that_is_away_is_said_to_be_down(unused_tcp_port: int) -> None:
    database = await open_mongo(f"mongodb://127.0.0.1:{unused_tcp_port}/", selection_seconds=0.2)
    for asked in (database.ping(), database.collection("users").insert({"_id": "x"}), database.prepare()):
        with pytest.raises(StoreDown):
            await asked
    await database.close()


@pytest.mark.parametrize("uri", ["", "http://user:secret@host", "mongodb://user:secret@host:port", "mongodb://h/?w=many&x"])
async def test_an_address_that_is_none_is_refused_without_showing_it(uri: str) -> None:
    with pytest.raises(StoreTrouble, match="ELEVATE_MONGODB_URI") as trouble:
        await open_mongo(uri)
    assert "secret" not in trouble.value.message


async def test_the_plan_names_the_index_or_the_scan(mongo_database: Database) -> None:
    assert isinstance(mongo_database, MongoDatabase)
    things = mongo_database.collection("things")
    assert [line for line in await things.explain({"group": "a"}, [("rank", 1)]) if line.startswith("IXSCAN")]
    assert [line for line in await things.explain({"note": "a"}) if "SCAN" in line]


def test_a_plan_is_told_a_line_a_stage() -> None:
    plan = {
        "stage": "FETCH",
        "inputStage": {"stage": "OR", "inputStages": [{"stage": "IXSCAN", "indexName": "a"}, {"stage": "COLLSCAN"}]},
    }
    assert list(plan_lines(plan)) == ["FETCH", "OR", "IXSCAN a", "COLLSCAN"]
    assert list(plan_lines({"queryPlan": {"stage": "IXSCAN", "indexName": "b"}})) == ["IXSCAN b"]


async def test_an_index_that_changed_is_made_again(mongo_address: str) -> None:
    name = f"elevate_{secrets.token_hex(6)}"
    first = await open_mongo(mongo_address, database=name, indexes={"seats": (Index("by_code", (("code", 1),)),)})
    await first.prepare()
    await first.collection("seats").insert({"_id": "1", "code": "c"})
    unique = {"seats": (Index("by_code", (("code", 1),), unique=True),)}
    second = await open_mongo(mongo_address, database=name, indexes=unique)
    await second.prepare()
    with pytest.raises(AlreadyThere):
        await second.collection("seats").insert({"_id": "2", "code": "c"})
    await second.drop()
    await second.close()
    await first.close()


async def test_an_index_that_two_documents_would_share_is_not_made(mongo_address: str) -> None:
    name = f"elevate_{secrets.token_hex(6)}"
    first = await open_mongo(mongo_address, database=name, indexes={"seats": ()})
    for each in "12":
        await first.collection("seats").insert({"_id": each, "code": "c"})
    unique = {"seats": (Index("by_code", (("code", 1),), unique=True),)}
    second = await open_mongo(mongo_address, database=name, indexes=unique)
    with pytest.raises(StoreTrouble, match="seats"):
        await second.prepare()
    await second.drop()
    await second.close()
    await first.close()


class Thing(BaseModel):
    """What a thing must be."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(alias="_id")
    rank: int


async def test_a_wrong_document_is_refused_by_a_server_that_has_validators(
    mongo_address: str, caplog: pytest.LogCaptureFixture
) -> None:
    name = f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(mongo_address, indexes=TABLES, validators={"things": Thing}, database=name)
    with caplog.at_level(logging.WARNING):
        await database.prepare()
        await database.prepare()
    things = database.collection("things")
    await things.insert({"_id": "right", "rank": 1})
    if not caplog.records:
        wrongs: list[dict[str, Any]] = [{"rank": "1"}, {}, {"rank": 1, "more": 1}]
        for wrong in wrongs:
            with pytest.raises(OutsideTheLanguage):
                await things.insert({"_id": "wrong", **wrong})
        with pytest.raises(OutsideTheLanguage):
            await things.update({"_id": "right"}, {"$set": {"rank": "1"}})
    await database.drop()
    await database.close()


async def test_a_partial_index_is_used_without_being_asked_for(mongo_database: Database) -> None:
    assert isinstance(mongo_database, MongoDatabase)
    seats = mongo_database.collection("seats")
    for where, index in (
        ({"code": "c"}, "by_code"),
        ({"role": "Sage", "kind": "system"}, "by_role"),
        ({"holders": "h"}, "by_holder"),
    ):
        assert f"IXSCAN {index}" in await seats.explain(where)


def test_a_filter_is_said_plainly() -> None:
    where: dict[str, Any] = {"a": 1, "b": {"$gt": 1, "$lte": 2}, "$or": [{"c": None}, {"d": {"$in": ["x"]}}]}
    either = {"$or": where.pop("$or")}
    assert filter_of(read_filter({**where, **either})) == {"$and": [where, either]}
    assert filter_of(read_filter(where)) == where
    assert filter_of(read_filter(either)) == either
    assert filter_of(read_filter({})) == {}


def test_indexes_are_said_with_all_their_options() -> None:
    by_place, by_code, by_role, _ = TABLES["seats"]
    assert options(by_place) == {"name": "by_place", "unique": True}
    assert options(by_code)["partialFilterExpression"] == {"code": {"$gte": ""}}
    assert options(by_role)["partialFilterExpression"] == {"kind": "system"}
    assert options(TABLES["drafts"][0]) == {"name": "by_savedAt", "expireAfterSeconds": 60}
    assert change_of(()) == {}
