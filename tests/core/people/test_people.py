"""Meeting people."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from core.people.service import People
from core.request import Actor, Platform
from core.roles import Role
from persistence.documents import Database
from tests.core.conftest import AT, actor


async def test_whoever_acts_is_a_person_with_an_account_from_the_first_moment(people: People, database: Database) -> None:
    nora = await people.meet(actor("nora"), AT)
    assert (nora.name, nora.role, nora.timezone) == ("Nora", Role.STUDENT, "Europe/Dublin")
    assert await database.collection("users").find_one({"_id": nora.user_id})
    assert await people.meet(actor("nora"), AT + timedelta(days=1)) == nora


async def test_a_person_met_twenty_times_at_once_is_one_person(people: People, database: Database) -> None:
    met = await asyncio.gather(*(people.meet(actor("nora"), AT) for _ in range(20)))
    assert len({each.id for each in met}) == 1
    assert await database.collection("persons").count({}) == 1
    assert await database.collection("organizations").count({}) == 1
    assert await database.collection("users").count({}) == 1


async def test_two_people_of_one_place_share_an_organization(people: People) -> None:
    nora, ben = await people.meet(actor("nora"), AT), await people.meet(actor("ben"), AT)
    assert nora.organization_id == ben.organization_id
    assert nora.user_id != ben.user_id


async def test_a_zone_that_the_platform_tells_wrong_is_not_taken(people: People) -> None:
    assert (await people.meet(actor("zed", timezone="Moon/Crater"), AT)).timezone == "UTC"


async def test_what_someone_says_of_themselves_is_kept(people: People) -> None:
    nora = await people.meet(actor("nora"), AT)
    await people.introduce(nora, name="Nora Byrne", timezone="lisbon", at=AT)
    kept = await people.meet(actor("nora"), AT)
    assert (kept.name, kept.timezone, kept.introduced_at) == ("Nora Byrne", "Europe/Lisbon", AT)


async def test_until_somebody_says_who_they_are_their_platform_does(people: People) -> None:
    nora = await people.meet(Actor(Platform.SLACK, "T1", "U1", "U1"), AT)
    assert (nora.name, nora.timezone, nora.locale) == ("U1", "UTC", "en-GB")
    told = Actor(Platform.SLACK, "T1", "U1", "Nora Byrne", "Europe/Dublin", "en-IE")
    followed = await people.meet(told, AT)
    assert (followed.id, followed.name, followed.timezone, followed.locale) == (nora.id, "Nora Byrne", "Europe/Dublin", "en-IE")
    assert await people.by_id(nora.id) == followed
    assert await people.meet(Actor(Platform.SLACK, "T1", "U1", "", None, None), AT) == followed, "what is not told stays"
    assert await people.meet(replace(told, timezone="Moon/Crater"), AT) == followed


async def test_what_somebody_said_of_themselves_stays_whatever_their_platform_says(people: People) -> None:
    told = Actor(Platform.SLACK, "T1", "U1", "Nora B", "Europe/Dublin", "en-IE")
    await people.introduce(await people.meet(told, AT), name="Nora", timezone="Lisbon", at=AT)
    kept = await people.meet(replace(told, name="NB", timezone="Europe/Paris", locale="pt-PT"), AT)
    assert (kept.name, kept.timezone, kept.locale) == ("Nora", "Europe/Lisbon", "pt-PT")


async def test_a_choice_is_settled_once_and_kept(people: People) -> None:
    nora = await people.settle(await people.meet(actor("nora"), AT), "currency", "EUR")
    await people.settle(nora, "conversionBasis", "leads")
    assert (await people.meet(actor("nora"), AT)).settings == {"currency": "EUR", "conversionBasis": "leads"}


async def test_mentioned_accounts_are_called_by_name(people: People) -> None:
    who = Actor(Platform.SLACK, "T1", "U0NORA001", "Nora")
    await people.meet(Actor(Platform.SLACK, "T1", "U0IDA00001", "Ida"), AT)
    await people.meet(Actor(Platform.SLACK, "T2", "U0BEN00001", "Ben"), AT)
    words = "@U0IDA00001 and @U0BEN00001: ask @Writer, a@U0IDA00001, U0IDA00001"
    assert await people.with_names(words, who) == "@Ida and @U0BEN00001: ask @Writer, a@U0IDA00001, U0IDA00001"
