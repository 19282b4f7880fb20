"""Every method of every store, with the same arguments on the same record: both databases answer and keep the same.

The methods are found by looking, so that a new one is walked from its first day. Both databases are put back to the record that
they began with after each.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.errors import Trouble
from core.people.link import Linking, UnknownCode
from core.people.model import Person
from core.request import Address
from persistence.documents import Document
from persistence.indexes import INDEXES
from persistence.links import LinkRecord
from tests.contracts.rules import fits, mended
from tests.contracts.strict import RULES, Strict
from tests.persistence.store_methods import Guesses, Method, methods, stores
from tests.students import (
    DISCORD,
    NOON,
    OFFER,
    OMAR,
    SECRET,
    SLACK,
    everything,
    everything_of,
    foundations,
    met,
    opened,
    pending_run,
    said,
)

Base = Mapping[str, Mapping[str, Document]]

NEEDS_MORE = {
    "Overview": "it is built of migrations too: test_stores_work.py",
    "Migrations": "it is built of a clock too: tests/persistence/test_migrations.py",
}
"""Stores that are not built of a database alone, and where they are tried on both."""

ALL = [method for store in stores() if store.__name__ not in NEEDS_MORE for method in methods(store)]
LATER = 2126
AN_ID = re.compile(r"\b([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}\b")


@pytest.fixture(scope="module")
async def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """A record in which three people have done everything, and every document fits its model."""
    database = await opened(tmp_path_factory.mktemp("everybody"))
    linking = Linking(LinkRecord(database), SECRET)
    for hours, actor in enumerate((SLACK, DISCORD, OMAR)):
        at = NOON + timedelta(hours=hours)
        person = await met(database, actor, at)
        await foundations(database).save(person, {OFFER: f"offer of {actor.name}"}, at)
        await everything_of(database, person, actor.name, at)
        await said(database, person, Address(actor.platform, actor.workspace, f"dm-{actor.user}"), f"words of {actor.user}", at)
        await pending_run(database, person)
        await linking.give_code(person, at)
        with pytest.raises(UnknownCode):
            await linking.look_up(person, "AAAAAAAA", at)
    await database.collection("keys").insert({"_id": "secret", "value": SECRET.hex()})
    found = await everything(database)
    await database.close()
    return {name: {key: _right(name, each) for key, each in some.items()} for name, some in found.items()}


def _right(name: str, document: Document) -> Document:
    """As its model wants it, and long before its lifetime ends: each database removes what is over at moments of its own."""
    right = document if fits(RULES[name], document) else mended(RULES[name], document)
    ends = {index.keys[0][0] for index in INDEXES[name] if index.ttl_seconds is not None}
    return {
        field: value.replace(year=LATER) if field in ends and isinstance(value, datetime) else value
        for field, value in right.items()
    }


@pytest.fixture(scope="module")
async def two(base: Base, embedded_strict: Strict, mongo_strict: Strict) -> AsyncIterator[tuple[Strict, Strict]]:
    """The record in both databases."""
    both = (embedded_strict, mongo_strict)
    for database in both:
        await database.empty()
        for name, some in base.items():
            for document in some.values():
                await database.behind.collection(name).insert(document)
    yield both
    for database in both:
        database.touched |= base.keys()
        await database.empty()


async def _put_back(database: Strict, base: Base) -> None:
    """Undo what was written."""
    while database.touched:
        name = database.touched.pop()
        collection = database.behind.collection(name)
        there = {str(each["_id"]): each for each in await collection.find({})}
        for key, document in base[name].items():
            if there.pop(key, None) != document:
                await collection.delete({"_id": key})
        for key in there:
            await collection.delete({"_id": key})
        known = {str(each["_id"]) for each in await collection.find({}, fields=())}
        for key in base[name].keys() - known:
            await collection.insert(base[name][key])


def _same(value: object, known: str) -> str:
    """How the value reads, with ids that are new to the record as if they were one."""
    return AN_ID.sub(lambda found: found[0] if found[0] in known else f"{found[1]}_new", repr(value))


async def _asked(database: Strict, method: Method, arguments: Mapping[str, Any]) -> object:
    """What the method answers; a trouble is an answer too."""
    try:
        return await method.call(method.store(database), **arguments)
    except Trouble as trouble:
        return trouble


async def _kept(database: Strict, names: set[str], known: str) -> Mapping[str, list[str]]:
    """What the collections hold, whatever the order of the fields."""
    found = {name: await database.behind.collection(name).find({}) for name in sorted(names)}
    return {name: sorted(_same(_in_order(each), known) for each in some) for name, some in found.items()}


def _in_order(value: object) -> object:
    match value:
        case Mapping():
            return {key: _in_order(value[key]) for key in sorted(value)}
        case list() | tuple():
            return [_in_order(each) for each in value]
        case _:
            return value


@pytest.mark.parametrize("method", ALL, ids=lambda each: each.full_name)
async def test_both_databases_answer_and_keep_the_same(two: tuple[Strict, Strict], base: Base, method: Method) -> None:
    known = repr(base)
    person = Person.of(next(each for each in base["persons"].values() if SLACK.identity in repr(each)))
    arguments = Guesses(person, {name: dict(some) for name, some in base.items()}).arguments(method, person)
    embedded, mongo = two
    try:
        answers = [_same(_in_order(await _asked(each, method, arguments)), known) for each in two]
        assert answers[0] == answers[1]
        assert embedded.touched == mongo.touched
        assert await _kept(embedded, embedded.touched, known) == await _kept(mongo, mongo.touched, known)
    finally:
        for each in two:
            await _put_back(each, base)


async def test_both_are_as_they_were_at_the_end(two: tuple[Strict, Strict], base: Base) -> None:
    for each in two:
        assert await everything(each) == base


def test_what_is_not_walked_exists_still() -> None:
    assert {each.__name__ for each in stores()} >= NEEDS_MORE.keys()
