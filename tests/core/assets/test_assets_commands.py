"""/assets on the embedded store, as a student uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.assets.commands import COMMANDS, suggest_asset
from core.assets.model import Opened
from core.assets.service import Assets, NoSuchAsset
from core.contents import SHIPPED
from core.course.modules import Course
from core.course.service import Progress
from core.course.steps import Step
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.ui import Form, Message
from persistence.assets import AssetRecord
from persistence.foundation import FoundationRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Student, pressables, student

COURSE = Course(SHIPPED)


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    database = await record_in(tmp_path)
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    record, foundation = AssetRecord(database), FoundationRecord(database)
    progress = Progress(ProgressRecord(database), COURSE, record, Share(foundation, Foundations(foundation, Cells(SHIPPED))))
    yield student(people, person, COMMANDS, progress, Assets(record, (progress,)))
    await database.close()


async def _add(nora: Student, step: str, content: str, seconds: int = 0, **more: str) -> Message:
    values = {"step": step, "asset_type": "Headlines", "content": content, **more}
    answer = await nora.ask("assets add", "", values, submitted=True, at=NOON + timedelta(seconds=seconds))
    assert isinstance(answer, Message)
    return answer


async def test_an_empty_list_says_what_to_do(nora: Student) -> None:
    shown = await nora.message("assets")
    assert "You have kept nothing yet" in message(shown)
    assert [each.label for each in pressables(shown)] == ["Add something"]


async def test_what_was_made_elsewhere_is_kept_and_listed(nora: Student) -> None:
    await _add(nora, "Gift", "A seven-day card")
    await _add(nora, "Hook", "# Fuzzy jar?\nIt was the lid", channel="Pinterest")
    listed = await nora.text("assets", "sort:step")
    assert listed.index("Fuzzy jar?") < listed.index("A seven-day card")
    assert "Draft" in listed


async def test_what_is_added_completes_a_module_that_waited_for_it_alone(nora: Student) -> None:
    async def all_ticked(progress: Progress) -> None:
        module = COURSE.module(1)
        for item in range(1, len(module.checklist) + 1):
            await progress.tick(nora.person, module, item, NOON)

    await nora.services.call(all_ticked)
    assert "completed" not in message(await _add(nora, "Gift", "A seven-day card"))
    assert "Hook is completed" in message(await _add(nora, "Hook", "Fuzzy jar?"))
    assert "completed" not in message(await _add(nora, "Hook", "Nora's jar?"))


async def test_a_step_narrows_the_list_and_a_number_opens_an_asset(nora: Student) -> None:
    await _add(nora, "Gift", "A seven-day card")
    await _add(nora, "Hook", "Fuzzy jar?", seconds=1)
    assert "seven-day" not in await nora.text("assets", "hook")
    assert "Kind: Headlines" in await nora.text("assets", "1")
    assert "A seven-day card" in await nora.text("assets show", "1")
    assert "Nothing" not in await nora.text("assets", "hook draft")
    assert "kept nothing for Hook that is archived" in await nora.text("assets", "hook archived")


async def test_the_end_of_an_id_names_an_asset_too(nora: Student) -> None:
    shown = await _add(nora, "Hook", "Fuzzy jar?")
    key = next(each.call.values["asset"] for each in pressables(shown) if "asset" in each.call.values)
    assert isinstance(key, str)
    assert "Fuzzy jar?" in await nora.text("assets show", key[-4:].upper())
    assert "Fuzzy jar?" in await nora.text("assets show", "#1")


async def test_a_title_names_an_asset_and_words_that_no_other_title_has(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    await _add(nora, "Hook", "Fuzzy jar? Not again", seconds=1)
    assert "Not again" not in await nora.text("assets show", "fuzzy JAR?")
    assert "Not again" in await nora.text("assets show", "again")
    with pytest.raises(NoSuchAsset, match="your assets 1 and 2"):
        await nora.ask("assets show", "fuzzy")


@pytest.mark.parametrize("reference", ["7", "zzzz", "hok", "", "0"])
async def test_an_unknown_asset_is_refused_with_what_there_is(nora: Student, reference: str) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    if not reference:
        assert isinstance(await nora.ask("assets show"), Form)
        return
    with pytest.raises(NoSuchAsset, match="numbers 1 to 1"):
        await nora.ask("assets show", reference)
    assert f"No asset of yours has “{reference}” in it." in await nora.text("assets", reference)


async def test_an_asset_goes_live_is_archived_and_comes_back(nora: Student) -> None:
    shown = await _add(nora, "Hook", "Fuzzy jar?")
    form = await nora.press(shown, "It is live")
    assert isinstance(form, Form)
    live = await nora.send(form, {})
    assert isinstance(live, Message)
    assert "Live since: 8 Apr 2026" in message(live)
    archived = await nora.press(live, "Archive")
    assert isinstance(archived, Message)
    assert "kept nothing yet" in await nora.text("assets")
    assert "1 archived asset with “fuzzy”." in await nora.text("assets", "fuzzy")
    assert "Fuzzy jar?" in await nora.text("assets", "", {"status": "Archived"})
    assert "kept nothing that is live" in await nora.text("assets", "", {"status": "live"})
    draft = await nora.press(archived, "Back to draft")
    assert isinstance(draft, Message)
    assert "Live since" not in message(draft)


async def test_what_went_live_says_since_when_and_where(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    form = await nora.form("assets implement", "1")
    assert form.values["since"] == "2026-04-08"
    wrong = await nora.send(form, {"since": "2026-04-09"})
    assert isinstance(wrong, Form)
    assert "still to come" in wrong.problems["since"]
    wrong = await nora.send(form, {"link": "my shop"})
    assert isinstance(wrong, Form)
    assert "https://" in wrong.problems["link"]
    said = {"since": "2026-03-01", "channel": "Pinterest", "link": "https://crock.example/pin"}
    live = await nora.send(form, said | {"link": "crock.example/pin"})
    assert isinstance(live, Message)
    told = message(live)
    assert "Live since: 1 Mar 2026" in told
    assert "Channel: Pinterest" in told
    assert "[See it live] https://crock.example/pin" in told
    assert "Fuzzy" in await nora.text("assets", "pinterest")
    again = await nora.form("assets implement", "1")
    assert {name: again.values[name] for name in said} == said


async def test_saying_again_that_it_is_live_keeps_the_moment(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    for hour in (13, 15):
        await nora.send(await nora.form("assets implement", "1"), {}, at=NOON.replace(hour=hour))
    opened = await nora.services.call(_opened, nora.person)
    assert opened.asset.implemented_at == NOON.replace(hour=13)


async def _opened(person: Person, assets: Assets) -> Opened:
    return await assets.show(person, "1")


async def test_a_copy_is_the_text_alone_in_either_form(nora: Student) -> None:
    await _add(nora, "Hook", "# Fuzzy jar?\n\n1. **It** was the lid")
    plain = await nora.text("assets copy", "1")
    assert "Fuzzy jar?\n\n1. It was the lid" in plain
    shown = await nora.message("assets copy", "1 markdown")
    assert "# Fuzzy jar?\n\n1. **It** was the lid" in message(shown)
    assert not shown.files


async def test_a_long_copy_is_a_file(nora: Student) -> None:
    await _add(nora, "Hook", "## A lid\n\n" + "word " * 600)
    [file] = (await nora.message("assets copy", "1 markdown")).files
    assert file.name == "a-lid.md"
    assert file.content.startswith(b"## A lid")


async def test_editing_opens_the_text_and_keeps_the_new_one(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    form = await nora.form("assets edit", "1")
    assert form.values["content"] == "Fuzzy jar?"
    saved = await nora.send(form, {"content": "It wasn't you", "title": ""})
    assert isinstance(saved, Message)
    assert "1. It wasn't you" in message(saved)


async def test_an_edit_over_someone_elses_edit_comes_back_with_what_was_typed(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    first, second = await nora.form("assets edit", "1"), await nora.form("assets edit", "1")
    await nora.send(first, {"content": "One"}, at=NOON.replace(minute=1))
    again = await nora.send(second, {"content": "Two"}, at=NOON.replace(minute=2))
    assert isinstance(again, Form)
    assert again.values["content"] == "Two"
    assert "changed elsewhere" in again.problems["content"]
    saved = await nora.send(again, {}, at=NOON.replace(minute=3))
    assert isinstance(saved, Message)
    assert "Two" in message(saved)


async def test_an_emptied_text_comes_back_as_the_form(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar?")
    again = await nora.send(await nora.form("assets edit", "1"), {"content": " ", "title": "New title"})
    assert isinstance(again, Form)
    assert again.values["title"] == "New title"
    assert "empty" in again.problems["content"]


async def test_search_finds_all_words_in_any_case(nora: Student) -> None:
    await _add(nora, "Hook", "Fuzzy jar? It was the LID")
    await _add(nora, "Gift", "The lid card")
    assert "Fuzzy" in await nora.text("assets", "lid FUZZY")
    assert "card" not in await nora.text("assets", "lid fuzzy")
    assert "card" in await nora.text("assets", "gift cár")
    assert "No asset of yours has “cabbage”" in await nora.text("assets", "cabbage")
    assert "No asset of yours has “???”" in await nora.text("assets", "???")


async def test_numbers_stay_when_newer_assets_come(nora: Student) -> None:
    for at in range(25):
        await _add(nora, "Hook", f"Line {at + 1}", seconds=at)
    assert "Line 3" in await nora.text("assets show", "3")
    assert "25 assets. Page 1 of 3." in await nora.text("assets")


async def test_suggestions_are_assets_with_what_is_typed_in_their_titles(nora: Student) -> None:
    await _add(nora, "Hook", "House of jars")
    found = await nora.services.call(suggest_asset, "Hó", nora.person)
    assert [each.label for each in found] == ["1. House of jars"]


async def test_an_unknown_step_comes_back_with_the_choices(nora: Student) -> None:
    form = await nora.form("assets add", "", {"step": "Hoook", "asset_type": "x", "content": "y"})
    assert "not one of: Foundation" in form.problems["step"]
    assert {each.value for each in form.fields[0].options} == {each.value for each in Step}
