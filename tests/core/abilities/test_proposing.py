"""What agents propose is shown, kept, and done once, when its asker says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import plain
from core.abilities.proposals import ProposalGone
from core.foundation.history import Source
from core.llm.calls import ToolCall
from core.people.model import Person
from core.ui import Card, Ended, Form, Live, Message, Tone
from persistence.documents import Database
from tests.core.abilities.world import COURSE, EVERY_TOOL, PAINS, Hands, asker, hands, pressables, someone_else
from tests.core.conftest import AT
from tests.core.playbook.world import Pen

LID = {"step": "Hook", "kind": "Headlines", "text": "Fuzzy jar?\nIt was the lid."}


async def _proposed(able: Hands, person: Person, tool: str, message: str = "msg_1", **arguments: object) -> Card:
    used = await able.use(person, tool, message=message, **arguments)
    assert not used.failed, used.text
    [card] = used.cards
    return card


def _words(answer: object) -> str:
    assert isinstance(answer, Message), answer
    return plain.message(answer)


async def test_a_cell_is_shown_before_and_after_and_saved_on_the_tap_once(database: Database, nora: Person) -> None:
    able = hands(database)
    await able.foundations.save(nora, {PAINS: ("Went fuzzy",)}, AT - timedelta(hours=1))
    card = await _proposed(able, nora, "propose_foundation", cell="pains", value="Went fuzzy\nSmelled odd")
    shown = plain.message(Message(cards=(card,)))
    assert shown.index("Now") < shown.index("Went fuzzy") < shown.index("Proposed") < shown.index("Smelled odd")
    assert [each.label for each in pressables(card)] == ["Save", "Change", "Leave it"]
    assert (await able.foundations.of(nora, AT)).value(PAINS) == ("Went fuzzy",)
    assert "Saved under Pains" in _words(await able.press(nora, card, "Save")).replace("*", "").replace("Said pains", "Pains")
    kept = await able.foundations.of(nora, AT)
    assert kept.value(PAINS) == ("Went fuzzy", "Smelled odd")
    assert (await able.foundations.changes(nora, 1))[0].source is Source.AGENT
    with pytest.raises(ProposalGone):
        await able.press(nora, card, "Save")
    assert (await able.foundations.of(nora, AT)).version == kept.version


async def test_nobody_else_can_press_what_was_proposed(database: Database, nora: Person) -> None:
    able, maria = hands(database), someone_else(nora)
    card = await _proposed(able, nora, "save_asset", **LID)
    for label in ("Save", "Change", "Leave it"):
        with pytest.raises(ProposalGone):
            await able.press(maria, card, label)
    assert await able.assets.of(maria) == ()
    await able.press(nora, card, "Save")
    assert len(await able.assets.of(nora)) == 1


async def test_a_cell_that_was_changed_meanwhile_is_not_written_over(database: Database, nora: Person) -> None:
    able = hands(database)
    card = await _proposed(able, nora, "propose_foundation", cell=PAINS, value="Smelled odd")
    await able.foundations.save(nora, {PAINS: ("Went fuzzy",)}, AT)
    answer = await able.press(nora, card, "Save")
    assert isinstance(answer, Message)
    assert answer.cards[0].tone is Tone.BAD
    assert (await able.foundations.of(nora, AT)).value(PAINS) == ("Went fuzzy",)
    assert {"Save", "Change", "Leave it"} == {each.label for each in pressables(answer.cards[0])}


async def test_a_proposal_is_changed_in_a_form_and_saved_as_changed(database: Database, nora: Person) -> None:
    able = hands(database)
    card = await _proposed(able, nora, "propose_foundation", cell=PAINS, value="Smelled odd")
    form = await able.press(nora, card, "Change")
    assert isinstance(form, Form)
    assert form.values[PAINS] == "Smelled odd"
    await able.ask(nora, form.command, {**form.values, PAINS: ("Smelled of socks",)}, submitted=True)
    assert (await able.foundations.of(nora, AT)).value(PAINS) == ("Smelled of socks",)
    draft = await _proposed(able, nora, "save_asset", **LID)
    form = await able.press(nora, draft, "Change")
    assert isinstance(form, Form)
    again = await able.ask(nora, form.command, {**form.values, "content": " "}, submitted=True)
    assert isinstance(again, Form)
    assert "empty" in again.problems["content"]
    await able.ask(nora, form.command, {**form.values, "content": "Fuzzy lid?", "title": "Lids"}, submitted=True)
    [entry] = await able.assets.of(nora)
    assert entry.heading.title == "Lids"


async def test_what_is_left_is_not_saved_and_not_there_any_more(database: Database, nora: Person) -> None:
    able = hands(database)
    card = await _proposed(able, nora, "save_asset", **LID)
    assert "nothing was saved" in _words(await able.press(nora, card, "Leave it"))
    with pytest.raises(ProposalGone):
        await able.press(nora, card, "Save")
    assert await able.assets.of(nora) == ()


async def test_an_asset_is_kept_once_though_it_was_proposed_again_after_a_crash(database: Database, nora: Person) -> None:
    able = hands(database)
    card = await _proposed(able, nora, "save_asset", **LID)
    assert "Saved as a draft" in _words(await able.press(nora, card, "Save"))
    again = await _proposed(able, nora, "save_asset", **LID)
    assert again == card
    await able.press(nora, again, "Save")
    assert len(await able.assets.of(nora)) == 1
    await able.press(nora, await _proposed(able, nora, "save_asset", message="msg_2", **LID), "Save")
    assert len(await able.assets.of(nora)) == 2


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("propose_foundation", {"cell": "nowhere", "value": "x"}, "There is no cell called"),
        ("propose_foundation", {"cell": "customer", "value": "x"}, "Name one of its cells"),
        ("propose_foundation", {"cell": "pains", "value": "x" * 4_001}, "not called rightly"),
        ("propose_foundation", {"cell": "pains"}, "value: Field required"),
        ("save_asset", {**LID, "text": "  "}, "nothing to keep"),
        ("save_asset", {**LID, "step": "Nowhere"}, "step: Input should be"),
        ("run_prompt", {"code": "Z99"}, "There is no prompt"),
        ("run_prompt", {"code": "H1", "answers": {"foo": "bar"}}, "has no question called"),
        ("tick_checklist", {"module": "1", "item": 99}, "has items 1 to"),
    ],
)
async def test_what_cannot_be_proposed_is_said_to_the_model(
    tool: str, arguments: dict[str, object], says: str, database: Database, nora: Person
) -> None:
    call = ToolCall("toolu_1", tool, arguments)
    used = await hands(database).toolbox.use(asker(nora), EVERY_TOOL, call)
    assert used.failed
    assert says in used.text
    assert used.cards == ()
    assert await database.collection("formDrafts").find({}) == []


async def test_a_run_is_proposed_and_begins_on_the_tap_once(database: Database, nora: Person) -> None:
    pen = Pen()
    able = hands(database, pen)
    prompt = able.runs.playbook.named("H1")
    for cell in prompt.requires:
        await able.foundations.save(nora, {cell: "Fuzzy jars"}, AT)
    answers = {
        each.name: "3" if each.kind == "number" else (each.choices or ("Lids",))[0] for each in prompt.ask if each.required
    }
    card = await _proposed(able, nora, "run_prompt", code="H1", answers=answers)
    assert (await able.runs.listed(nora)).count == 0
    answer = await able.press(nora, card, "Run it")
    assert isinstance(answer, Live)
    pen.hand("1. Fuzzy jar?", None)
    ended = [update.message async for update in answer.updates if isinstance(update, Ended)]
    assert ended[0].text == "1. Fuzzy jar?"
    assert (await able.runs.listed(nora)).count == 1
    with pytest.raises(ProposalGone):
        await able.press(nora, card, "Run it")
    assert pen.asked == 1
    assert len(await database.collection("jobs").find({})) == 1


async def test_a_tick_is_made_at_once_and_can_be_undone(database: Database, nora: Person) -> None:
    able, hook = hands(database), COURSE.module(1)
    card = await _proposed(able, nora, "tick_checklist", module="Hook", item=2)
    assert (await able.progress.in_module(nora, hook)).ticked == {2}
    [undo] = pressables(card)
    assert (undo.label, undo.call.command, dict(undo.call.values)) == ("Undo", "module untick", {"module": "1", "item": "2"})
    again = await able.use(nora, "tick_checklist", module="1", item=2)
    assert "ticked before" in again.text
    assert again.cards == ()
