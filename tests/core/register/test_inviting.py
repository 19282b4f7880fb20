"""Students are brought in by a list: looked through first, kept once, and known from their first word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from core.cohort.ports import CannotSee, Present, Roster
from core.cohort.service import Cohorts
from core.errors import NotAllowed
from core.kpis.imports.delimited import grids
from core.kpis.imports.grid import Grid
from core.kpis.imports.opening import tables_in
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.register.hearing import ListSent
from core.register.import_views import looked as looked_at
from core.register.inviting import Inviting, ListGone
from core.request import Address, File, Said
from core.roles import Role
from core.ui import Message
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.invitations import InvitationRecord
from persistence.people import PeopleRecord
from tests.core.conftest import ADDRESS, AT, actor

LIST = """Name,Account,Cohort,Time zone
Ana Byrne,ana,Autumn,Europe/Paris
Nora,nora,,
Ben,ben,Winter,
Cas,cas,,
"""


class Tables:
    """Opens files in this process."""

    async def tables_in(self, content: bytes) -> tuple[Grid, ...]:
        return tables_in(content)


class Files:
    """Files that came with their content."""

    async def fetch(self, address: Address, file: File) -> File:
        return file


class Office:
    """A platform that tells whose the addresses are that it knows, once it is `open`; `why` it does not, where it does not."""

    def __init__(self) -> None:
        self.open = False
        self.why = ""
        self.known = {"dan@shop.example": Present("dan", "Dan Daly", "Europe/Dublin"), "ana@shop.example": Present("ana", "Ana")}

    def at(self, place: Address) -> Roster | None:
        return self if self.open else None

    async def size(self, place: Address) -> int:
        return len(self.known)

    async def people(self, place: Address) -> Sequence[Present]:
        return list(self.known.values())

    async def person(self, place: Address, user: str) -> Present | None:
        return next((each for each in self.known.values() if each.user == user), None)

    async def accounts(self, place: Address, emails: Sequence[str]) -> Mapping[str, Present]:
        if self.why:
            raise CannotSee(self.why)
        return {each: self.known[each] for each in emails if each in self.known}


class World:
    def __init__(self, database: Database) -> None:
        self.rosters = Office()
        self.people = People(PeopleRecord(database), invitations=InvitationRecord(database))
        self.cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        self.inviting = Inviting(self.people, self.cohorts, FormDraftRecord(database), Tables(), Files(), self.rosters)

    async def coach(self) -> Person:
        coach = await self.people.appoint(await self.people.meet(actor("cora"), AT), Role.COACH)
        await self.cohorts.create(coach, "Autumn", None, (), AT)
        return (await self.cohorts.create(coach, "Spring", None, (), AT))[1]


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


async def test_a_list_is_looked_through_kept_once_and_known_from_the_first_word(world: World) -> None:
    coach, nora = await world.coach(), await world.people.meet(actor("nora"), AT)
    [grid] = grids(LIST)
    looked = await world.inviting.look(coach, grid, AT)
    assert [each.name for each in looked.fresh] == ["Ana Byrne", "Cas"]
    assert [(who.name, cohort.name) for who, cohort in looked.moved] == [("Nora", "Spring")]
    assert [(each.row, "is called “Winter”" in each.words) for each in looked.problems] == [(4, True)]
    assert "“Winter”. Going on: " in looked.problems[0].words
    assert all(each in looked.problems[0].words for each in ("Spring", "Autumn", "/cohort new begins one."))
    assert await world.people.invited(coach) == [], "nothing is kept before it is wanted"
    await world.inviting.keep(coach, looked.token, AT)
    with pytest.raises(ListGone):
        await world.inviting.keep(coach, looked.token, AT)
    again = await world.inviting.look(coach, grid, AT)
    assert (list(again.fresh), list(again.moved), again.there) == ([], [], 3)
    ana = await world.people.meet(actor("ana", timezone=None), AT)
    found = {each.name: each.id for each in await world.cohorts.all(coach)}
    assert (ana.name, ana.timezone, ana.cohort_id) == ("Ana Byrne", "Europe/Paris", found["Autumn"])
    assert (await world.people.meet(actor("ana"), AT)).name == "Ana Byrne", "the platform's name does not take its place"
    assert (await world.people.meet(actor("nora"), AT)).cohort_id == found["Spring"]
    assert nora.name == "Nora"
    assert [each.name for each in await world.people.invited(coach)] == ["Cas"]
    last = await world.inviting.look(coach, grid, AT)
    assert (list(last.fresh), list(last.moved), last.there) == ([], [], 3), "who has come is known"


async def test_a_file_is_heard_from_coaches_alone_and_only_a_list_of_people(world: World) -> None:
    coach, heard = await world.coach(), ListSent(world.inviting)

    def said(content: str, text: str = "") -> Said:
        files = (File("list.csv", "text/csv", content.encode()),)
        return Said(id="e1", actor=actor("cora"), address=ADDRESS, at=AT, text=text, files=files)

    told = await heard.hear(said(LIST), coach)
    assert isinstance(told, Message)
    words = message(told)
    for each in ("3 new, 0 known, 1 row with a problem", "Row 4", "Nothing is kept yet", "Keep the others"):
        assert each in words
    assert await heard.hear(said("Week,CTR\n2026-03-01,2.5\n"), coach) is None
    unnamed = await heard.hear(said("Vorname;Mailadresse\nÄnne;aenne@shop.example\nJörg;joerg@shop.example\n"), coach)
    assert isinstance(unnamed, Message)
    assert "its first row says “Vorname”, “Mailadresse”" in message(unnamed)
    assert "What the list needs" in message(unnamed)
    pasted = Said(id="e2", actor=actor("cora"), address=ADDRESS, at=AT, text="Ana, ana@shop.example\nBen <ben@shop.example>")
    assert isinstance(asked := await heard.hear(pasted, coach), Message)
    assert "a CSV or XLSX file" in message(asked)
    assert await heard.hear(replace(pasted, text="What would you write to\nana@shop.example about the gift?"), coach) is None
    assert await heard.hear(said("Name,Account\n" * 6_000), coach) is None, "figures' reader says what is wrong"
    student = await world.people.meet(actor("nora"), AT)
    assert await heard.hear(said(LIST), student) is None
    [grid] = grids(LIST)
    with pytest.raises(NotAllowed):
        await world.inviting.look(student, grid, AT)


ADDRESSES = """Name,Account,E-mail
Ana Byrne,ana,
,,Dan@shop.example
Ana again,,ana@shop.example
Ole,,ole@shop.example
"""


async def test_an_address_is_enough_where_the_platform_tells_whose_it_is(world: World) -> None:
    coach = await world.coach()
    world.rosters.open = True
    [grid] = grids(ADDRESSES)
    looked = await world.inviting.look(coach, grid, AT)
    assert [(each.name, each.timezone) for each in looked.fresh] == [("Ana Byrne", None), ("Dan Daly", "Europe/Dublin")]
    assert [each.row for each in looked.problems] == [4, 5]
    assert "same account as in row 2" in looked.problems[0].words
    assert "Nobody here has the address ole@shop.example" in looked.problems[1].words
    await world.inviting.keep(coach, looked.token, AT)
    dan = await world.people.meet(actor("dan"), AT)
    cohort = await world.cohorts.of(dan)
    assert (dan.name, cohort.name if cohort else "") == ("Dan Daly", "Spring")
    [more] = grids(ADDRESSES + "Pia,,pia@shop.example\nQi,,qi@shop.example\nRé,,at home\n")
    told = message(looked_at(await world.inviting.look(coach, more, AT)))
    assert "Rows 5, 6, 7: Nobody here has these addresses." in told
    assert "Row 8: “at home” is no e-mail address." in told
    assert "send the list again" in told


async def test_where_no_address_can_be_looked_up_each_row_says_what_to_do(world: World) -> None:
    coach = await world.coach()
    own = await world.cohorts.own(coach)
    [grid] = grids(ADDRESSES)
    looked = await world.inviting.look(coach, grid, AT)
    assert [each.name for each in looked.fresh] == ["Ana Byrne"]
    assert [(each.row, f"/cohort join {own.code}" in each.words) for each in looked.problems] == [(3, True), (4, True), (5, True)]
    world.rosters.open, world.rosters.why = True, "This installation lacks the scope users:read.email."
    refused = await world.inviting.look(coach, grid, AT)
    assert ([each.row for each in refused.problems], refused.note) == ([3, 4, 5], world.rosters.why)
    assert world.rosters.why in message(looked_at(refused))
