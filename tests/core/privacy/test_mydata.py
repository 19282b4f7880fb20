"""/mydata: shown, handed out and erased."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bots.data import CannotWrite, erase, export
from core.errors import NotFound
from core.people.link import Linking
from core.people.model import Person
from core.plain import form as plain_form
from core.plain import message as plain
from core.privacy.commands import COMMANDS
from core.privacy.model import SETTLING
from core.privacy.service import Privacy
from core.request import Actor, Address, Asked, Platform
from core.services import Services
from core.sharing.service import Sharing
from core.ui import Answer, Form, Message
from persistence.documents import Database
from persistence.inbox import InboxRecord
from persistence.links import LinkRecord
from persistence.privacy import PrivacyRecord
from persistence.shown import ShownRecord
from tests.crashing import Crashing, Died
from tests.students import (
    DISCORD,
    HOUR,
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
    said,
)

NOW = NOON + 5 * HOUR
BY_NAME = {each.name: each for each in COMMANDS}
GENERAL = Address(Platform.DISCORD, "G1", "general")


class Program:
    """As much of the program as the operator's commands need."""

    def __init__(self, privacy: Privacy) -> None:
        self.privacy = privacy


async def filled(folder: Path) -> Database:
    """Nora on Slack and Discord, linked; and Omar beside her on Discord, in the same conversation."""
    database = await opened(folder)
    for actor, mark in ((SLACK, "norasecret1"), (DISCORD, "norasecret2"), (OMAR, "omarsecret")):
        person = await met(database, actor)
        await foundations(database).save(person, {OFFER: f"offer {mark}"}, NOON)
        await everything_of(database, person, mark, NOON)
    slack, discord = await met(database, SLACK), await met(database, DISCORD)
    linking = Linking(LinkRecord(database), SECRET)
    await linking.confirm(discord, await linking.give_code(slack, NOON), NOON)
    await said(database, await met(database, OMAR), GENERAL, "omarsecret again", NOON + HOUR)
    await linking.give_code(await met(database, SLACK), NOON)
    return database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await filled(tmp_path / "data")
    yield database
    await database.close()


@pytest.fixture
def privacy(database: Database) -> Privacy:
    return Privacy(PrivacyRecord(database), SECRET)


@pytest.fixture
async def nora(database: Database) -> Person:
    return await met(database, SLACK)


async def ask(privacy: Privacy, person: Person, command: str, values: Mapping[str, str] | None = None) -> Answer:
    """Nora asks."""
    found = BY_NAME[command]
    address = Address(Platform.SLACK, "T1", "dm")
    asked = Asked(id="1", actor=SLACK, address=address, at=NOW, command=command, values=values or {}, submitted=bool(values))
    answer: Answer = await Services(privacy).call(found.handler, found.args(**(values or {})), asked, person)
    return answer


async def test_what_is_kept_is_shown_in_counts(privacy: Privacy, nora: Person) -> None:
    shown = await ask(privacy, nora, "mydata show")
    assert isinstance(shown, Message)
    assert "Assets: 2" in plain(shown)
    assert "Your Foundation: 1" in plain(shown)
    assert shown.private


async def test_the_export_has_everything_of_both_platforms_and_nothing_of_others(
    database: Database, privacy: Privacy, nora: Person
) -> None:
    answer = await ask(privacy, nora, "mydata export")
    assert isinstance(answer, Message)
    assert answer.private
    in_a_channel = Asked(id="1", actor=SLACK, address=GENERAL, at=NOW, command="mydata export")
    assert Sharing(ShownRecord(database)).offered(answer, in_a_channel) == answer, "it is never a tap away from everybody there"
    (file,) = answer.files
    assert (file.name, file.media_type) == ("elevate-2026-04-08.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(file.content)) as zipped:
        assert zipped.testzip() is None
        text = {name: zipped.read(name).decode() for name in zipped.namelist()}
    together = "".join(text.values())
    assert "norasecret1" in together
    assert "norasecret2" in together
    assert "omarsecret" not in together
    assets = json.loads(text["json/userGeneratedAssets.json"])
    assert {each["content"] for each in assets} == {"norasecret1", "norasecret2"}
    assert "json/linkCodes.json" not in text
    readme = text["README.txt"]
    assert "What Elevate keeps of Nora Slack" in readme
    for name in text:
        assert name.removeprefix("json/") in readme or name == "README.txt"
    (row,) = csv.DictReader(io.StringIO(text["snapshots.csv"]))
    assert (row["timePeriod"], row["sell_ConversionRate"]) == ("Month of April", "2.5")
    (module,) = csv.DictReader(io.StringIO(text["progress.csv"]))
    assert (module["status"], module["tickedItems"]) == ("In Progress", "1")


async def test_a_spreadsheet_does_not_take_a_note_for_a_formula(privacy: Privacy, database: Database, nora: Person) -> None:
    await database.collection("userModuleProgress").update({"userId": nora.user_id}, {"$set": {"notes": "=HYPERLINK(1)"}})
    file = await privacy.export(nora, NOW)
    with zipfile.ZipFile(io.BytesIO(file.content)) as zipped:
        (row,) = csv.DictReader(io.StringIO(zipped.read("progress.csv").decode()))
    assert row["notes"] == "'=HYPERLINK(1)"


async def test_erasing_asks_for_a_typed_word(privacy: Privacy, database: Database, nora: Person) -> None:
    before = await everything(database)
    form = await ask(privacy, nora, "mydata delete")
    assert isinstance(form, Form)
    assert "Type DELETE" in plain_form(form)
    wrong = await ask(privacy, nora, "mydata delete", {"word": "yes"})
    assert isinstance(wrong, Form)
    assert wrong.problems == {"word": "That is not DELETE. Nothing was erased."}
    assert await everything(database) == before


async def test_nothing_of_the_person_is_left_and_nothing_of_others_is_lost(
    privacy: Privacy, database: Database, nora: Person
) -> None:
    omar = (await met(database, OMAR)).user_id
    before = await everything(database)
    told = await ask(privacy, nora, "mydata delete", {"word": "delete"})
    assert isinstance(told, Message)
    after = await everything(database)
    _is_gone(repr(after))
    (conversation,) = after["conversations"].values()
    assert conversation["createdBy"] == omar
    assert conversation["memberUserIds"] == [omar]
    for name in ("userGeneratedAssets", "userFoundations", "persons", "users", "jobs", "nudges", "foundationHistory"):
        others = {key: each for key, each in before[name].items() if "Nora" not in repr(each) and "norasecret" not in repr(each)}
        assert others
        assert after[name] == others, name
    assert len(after["tombstones"]) == 2
    assert len(after["conversationMessages"]) == 2


def _is_gone(whole: str) -> None:
    for word in ("norasecret", "Nora", "slack:T1:U1", "discord:G1:D1", "U1", "D1'"):
        assert word not in whole, word


async def test_the_tombstone_says_nothing_about_anybody(privacy: Privacy, database: Database, nora: Person) -> None:
    await privacy.erase(nora, NOW)
    await privacy.resume(NOW + SETTLING)
    stones = (await everything(database))["tombstones"]
    assert all(each.keys() == {"_id", "erasedAt"} for each in stones.values())
    assert await privacy.was_erased("slack:T1:U1")
    assert not await privacy.was_erased("slack:T1:U2")
    assert await privacy.resume(NOW + 2 * SETTLING) == 0


async def test_erasing_again_changes_nothing_more(privacy: Privacy, database: Database, nora: Person) -> None:
    await privacy.erase(nora, NOW)
    before = await everything(database)
    await privacy.erase(nora, NOW)
    assert await everything(database) == before


async def test_afterwards_the_same_platform_account_is_somebody_new(privacy: Privacy, database: Database, nora: Person) -> None:
    await privacy.erase(nora, NOW)
    again = await met(database, SLACK, NOW)
    assert again.id != nora.id
    assert again.user_id != nora.user_id
    assert again.introduced_at is None
    await foundations(database).save(again, {OFFER: "a fresh start"}, NOW)
    await privacy.resume(NOW + SETTLING)
    assert (await foundations(database).of(again, NOW)).value(OFFER) == "a fresh start"


async def test_what_was_under_way_is_erased_as_well(privacy: Privacy, database: Database, nora: Person) -> None:
    await privacy.erase(nora, NOW)
    await foundations(database).save(nora, {OFFER: "norasecret, late"}, NOW + timedelta(seconds=5))
    await privacy.resume(NOW + SETTLING)
    assert "norasecret" not in repr(await everything(database))


async def test_the_request_itself_can_be_settled_and_is_not_answered_twice(
    privacy: Privacy, database: Database, nora: Person
) -> None:
    inbox = InboxRecord(database)
    address = Address(Platform.SLACK, "T1", "dm")
    request = Asked(
        id="Ev1", actor=SLACK, address=address, at=NOW, command="mydata delete", values={"word": "DELETE"}, submitted=True
    )
    arrival = await inbox.take(request, owner="me", at=NOW)
    assert arrival is not None
    await privacy.erase(nora, NOW)
    _is_gone(repr(await everything(database)))
    await inbox.done(arrival, NOW)
    assert await inbox.take(request, owner="me", at=NOW) is None


async def test_somebody_who_came_back_can_be_erased_again(privacy: Privacy, database: Database, nora: Person) -> None:
    await privacy.erase(nora, NOW)
    again = await met(database, SLACK, NOW)
    await foundations(database).save(nora, {OFFER: "norasecret, late"}, NOW)
    await foundations(database).save(again, {OFFER: "norasecret, again"}, NOW)
    await privacy.erase(again, NOW + timedelta(minutes=1))
    await privacy.resume(NOW + timedelta(minutes=1) + SETTLING)
    _is_gone(repr(await everything(database)))


async def test_a_crash_at_any_write_is_finished_by_itself(tmp_path: Path) -> None:
    deaths = 0
    await (await filled(tmp_path / "whole")).close()
    for writes in range(300):
        shutil.copytree(tmp_path / "whole", tmp_path / str(writes))
        database = await opened(tmp_path / str(writes))
        nora = await met(database, SLACK)
        try:
            await Privacy(PrivacyRecord(Crashing(database, writes)), SECRET).erase(nora, NOW)
        except Died:
            deaths += 1
        else:
            await database.close()
            break
        privacy = Privacy(PrivacyRecord(database), SECRET)
        if writes == 0:
            await privacy.erase(nora, NOW)
        await privacy.resume(NOW)
        await privacy.resume(NOW + SETTLING)
        after = await everything(database)
        _is_gone(repr(after))
        assert len(after["userGeneratedAssets"]) == 1
        await database.close()
    assert deaths > 30


async def test_an_operator_does_both_by_any_name_of_the_person(
    privacy: Privacy, database: Database, nora: Person, tmp_path: Path
) -> None:
    out = tmp_path / "nora.zip"
    assert str(out) in await export(Program(privacy), "discord:G1:D1", out, NOW)
    assert out.stat().st_mode & 0o777 == 0o600
    assert "norasecret1" in zipfile.ZipFile(out).read("json/userGeneratedAssets.json").decode()
    with pytest.raises(CannotWrite, match="Name another place"):
        await export(Program(privacy), nora.id, out, NOW)
    with pytest.raises(NotFound, match="written whole, such as slack:T024BE7LD:U0G9QF9C6"):
        await export(Program(privacy), "slack:T1:U99", tmp_path / "no.zip", NOW)
    await erase(Program(privacy), nora.user_id, NOW)
    _is_gone(repr(await everything(database)))
    assert "erased before" in await erase(Program(privacy), "discord:G1:D1", NOW)
    with pytest.raises(NotFound):
        await erase(Program(privacy), "slack:T1:U99", NOW)


async def test_the_last_one_of_a_community_takes_it_with_them(privacy: Privacy, database: Database, nora: Person) -> None:
    await privacy.erase(nora, NOW)
    (left,) = (await everything(database))["organizations"].values()
    assert left["workspace"] == "G1"
    assert left["ownerId"] == (await met(database, OMAR)).user_id


async def test_a_stranger_has_nothing_but_themselves(privacy: Privacy, database: Database) -> None:
    new = await met(database, Actor(Platform.SLACK, "T1", "U7", "New"))
    assert await privacy.counts(new) == {"users": 1, "persons": 1}
