"""Every change of a Foundation is kept, and can be taken back."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.errors import NotFound
from core.foundation.commands import History, WhichChange, history, put_back
from core.foundation.history import Source
from core.foundation.service import Foundations
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.request import Asked
from core.ui import Message
from persistence.documents import Database
from persistence.foundation import FoundationRecord
from tests.core.conftest import ADDRESS, AT, actor

OFFER = "companyContext.coreOffers"
PAINS = "customerAvatar.pains"
LATER = AT + timedelta(hours=1)


async def test_a_change_is_kept_with_who_when_before_and_after(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {OFFER: "jars"}, AT)
    await foundations.save(nora, {OFFER: "jars and starters"}, LATER, source=Source.INTERVIEW)
    newest, first = await foundations.changes(nora, 10)
    assert (newest.before, newest.after, newest.source, newest.at) == ("jars", "jars and starters", Source.INTERVIEW, LATER)
    assert (first.before, first.after, first.source) == (None, "jars", Source.EDIT)
    assert newest.person_id == nora.id
    assert newest.field == OFFER


async def test_what_was_saved_again_as_it_was_is_no_change(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {OFFER: "jars"}, AT)
    await foundations.save(nora, {OFFER: "jars"}, LATER)
    assert len(await foundations.changes(nora, 10)) == 1


async def test_putting_back_is_itself_a_change(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {PAINS: "fuzzy jars\nsour smell"}, AT)
    await foundations.save(nora, {PAINS: "nothing hurts at all here"}, LATER)
    newest = (await foundations.changes(nora, 1))[0]
    await foundations.put_back(nora, newest.id, LATER + timedelta(minutes=1))
    assert (await foundations.of(nora, LATER)).value(PAINS) == ("fuzzy jars", "sour smell")
    again = (await foundations.changes(nora, 1))[0]
    assert again.source is Source.PUT_BACK
    await foundations.put_back(nora, again.id, LATER + timedelta(minutes=2))
    assert (await foundations.of(nora, LATER)).value(PAINS) == ("nothing hurts at all here",)


async def test_putting_back_the_first_change_empties_the_cell(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {OFFER: "jars"}, AT)
    await foundations.put_back(nora, (await foundations.changes(nora, 1))[0].id, LATER)
    assert (await foundations.of(nora, LATER)).value(OFFER) is None


async def test_nobody_puts_back_what_is_anothers(foundations: Foundations, people: People, nora: Person) -> None:
    omar = await people.meet(actor("omar"), AT)
    await foundations.save(nora, {OFFER: "jars"}, AT)
    change = (await foundations.changes(nora, 1))[0]
    with pytest.raises(NotFound, match="/foundation history"):
        await foundations.put_back(omar, change.id, LATER)
    assert await foundations.changes(omar, 10) == []


async def test_the_command_shows_the_changes_with_the_way_back(foundations: Foundations, nora: Person) -> None:
    empty = await history(nora, History(), foundations)
    assert isinstance(empty, Message)
    assert "Nothing has been changed yet" in plain(empty)
    await foundations.save(nora, {OFFER: "jars"}, AT)
    shown = await history(nora, History(), foundations)
    assert isinstance(shown, Message)
    assert "Before: (empty)" in plain(shown)
    assert "Put back" in plain(shown)
    change = (await foundations.changes(nora, 1))[0]
    asked = Asked(id="1", actor=actor(), address=ADDRESS, at=LATER, command="foundation putback")
    told = await put_back(asked, nora, WhichChange(change.id), foundations)
    assert isinstance(told, Message)
    assert "is as it was before" in plain(told)


async def test_a_crash_between_the_change_and_its_history_loses_neither(
    foundations: Foundations, store: FoundationRecord, database: Database, nora: Person
) -> None:
    await foundations.save(nora, {OFFER: "jars"}, AT)
    change = (await foundations.changes(nora, 1))[0]
    await database.collection("foundationHistory").delete({"_id": change.id})  # as if it had never been filed
    unfiled = {f"unfiled.{change.id}": change.document()}
    await database.collection("userFoundations").update({"userId": nora.user_id}, {"$set": unfiled})
    assert (await foundations.changes(nora, 10))[0] == change
    kept = await database.collection("userFoundations").find_one({"userId": nora.user_id})
    assert kept is not None
    assert kept["unfiled"] == {}
    again = await store.of(nora)
    assert again is not None
    assert len(await foundations.changes(nora, 10)) == 1


async def test_two_edits_at_once_are_both_in_the_history(foundations: Foundations, nora: Person) -> None:
    await asyncio.gather(*(foundations.save(nora, {OFFER: f"jars {number}"}, AT) for number in range(10)))
    changes = await foundations.changes(nora, 20)
    assert len(changes) == 10
    ordered = sorted(changes, key=lambda each: each.version)
    assert [each.before for each in ordered[1:]] == [each.after for each in ordered[:-1]]
