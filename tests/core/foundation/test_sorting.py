"""Pasted text is sorted into cells, shown before and after, and saved only as far as it is ticked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.contents import SHIPPED
from core.errors import NotFound
from core.foundation.cells import Cells
from core.foundation.history import Source
from core.foundation.paste_commands import Pasted, paste
from core.foundation.service import Foundations
from core.foundation.sorted_by_model import SortFailed
from core.foundation.sorted_by_names import ByNames
from core.foundation.sorted_text import Confidence, Proposal, packed, unpacked
from core.foundation.sorting import PASTE, NothingSorted, Sorting
from core.foundation.sorting_views import choice, proposals
from core.people.model import Person
from core.plain import message
from core.request import Asked
from core.ui import Button, Buttons, Call, Message
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from tests.core.conftest import ADDRESS, actor
from tests.core.foundation.clerk import Clerk
from tests.records import NOON

CELLS = Cells(SHIPPED)
PAINS, VOICE, RIVALS = "customerAvatar.pains", "companyContext.brandVoiceAdjectives", "marketAwareness.competitors.name"
BLUEPRINT = """\
# Crock & Clover, our blueprint

## Company
**Voice:** warm, plain, patient
Unique mechanism: a spring press that keeps leaves down
| Main promise | A crisp first jar in seven days |

### A2 Said pains
- "My first batch went fuzzy"
- It smelled off

## Competitors
- Jar lids: they leak
- Pro kits: they scare beginners

## Shopping list
- salt
"""


def answer(*cells: tuple[str, str, str, str]) -> str:
    """What a model answers: cell, text, quotation, confidence."""
    names = ("cell", "text", "quote", "confidence")
    return json.dumps({"cells": [dict(zip(names, each, strict=True)) for each in cells]})


def by_names(text: str) -> dict[str, tuple[str, Confidence]]:
    return {each.key: (each.text, each.confidence) for each in ByNames(CELLS).sort(text).proposals}


def test_headings_labels_and_rows_with_a_cell_s_name_are_found() -> None:
    found = by_names(BLUEPRINT)
    assert found == {
        VOICE: ("warm, plain, patient", Confidence.HIGH),
        "companyContext.uniqueMechanism": ("a spring press that keeps leaves down", Confidence.HIGH),
        "companyContext.valueProposition": ("A crisp first jar in seven days", Confidence.HIGH),
        PAINS: ('- "My first batch went fuzzy"\n- It smelled off', Confidence.HIGH),
        RIVALS: ("- Jar lids: they leak\n- Pro kits: they scare beginners", Confidence.HIGH),
    }
    assert ByNames(CELLS).sort(BLUEPRINT).left_out == 3


def test_a_slip_in_a_heading_is_only_fairly_sure() -> None:
    assert by_names("## Uniqe mechanism\nA press") == {"companyContext.uniqueMechanism": ("A press", Confidence.MEDIUM)}


def test_the_name_of_a_grid_ends_the_cell_before_it() -> None:
    found = ByNames(CELLS).sort("Company\nVoice: warm\n\nMarket:\nRivals: Yankee\nCustomer grid: Said pains: a headache")
    assert [each.text for each in found.proposals] == ["warm", "Yankee", "a headache"]
    assert found.left_out == 0


def test_a_sentence_with_a_colon_stays_where_it_is() -> None:
    assert by_names("Voice: warm\nOne thing matters: salt") == {VOICE: ("warm\nOne thing matters: salt", Confidence.HIGH)}


@given(st.text(max_size=300))
def test_any_text_can_be_sorted_and_nothing_is_invented(text: str) -> None:
    for each in ByNames(CELLS).sort(text).proposals:
        assert all(
            line.strip() in text or set(line.split()) <= set(text.replace("|", " ").split()) for line in each.text.split("\n")
        )


def test_proposals_are_kept_as_they_are() -> None:
    found = ByNames(CELLS).sort(BLUEPRINT)
    assert unpacked(packed(found), "") == found
    assert unpacked(packed(found), "another") is None
    assert unpacked({}, "") is None


def sorting(database: Database, foundations: Foundations, model: Clerk) -> Sorting:
    return Sorting(foundations, model, FormDraftRecord(database))


async def test_a_model_s_cells_are_taken_where_their_quotation_stands_in_the_text(
    database: Database, foundations: Foundations, nora: Person
) -> None:
    said = answer(
        (VOICE, "warm\nplain", "we sound   warm and plain", "high"),
        (PAINS, "It is too dear", "customers say it is too dear", "high"),
        (VOICE, "loud", "we sound warm", "low"),
    )
    clerk = Clerk(said)
    found = await sorting(database, foundations, clerk).sort(nora, "At best we sound warm and plain.", NOON)
    assert found.proposals == (Proposal(VOICE, "warm\nplain", Confidence.HIGH),)
    [brief] = clerk.briefs
    assert brief.schema is not None
    assert PAINS in json.dumps(brief.schema)
    assert nora.user_id not in str(brief)


async def test_an_answer_that_cannot_be_read_is_asked_for_once_more(
    database: Database, foundations: Foundations, nora: Person
) -> None:
    good = answer((VOICE, "warm", "warm", "low"))
    assert (await sorting(database, foundations, Clerk("Sure, here", good)).sort(nora, "warm", NOON)).proposals
    with pytest.raises(SortFailed):
        await sorting(database, foundations, Clerk("Sure, here", '{"cells": [{}]}')).sort(nora, "warm", NOON)


@pytest.mark.parametrize(("practice", "says"), [(True, "No key for Claude is set"), (False, "Claude found nothing")])
async def test_where_nothing_fits_that_is_said(
    database: Database, foundations: Foundations, nora: Person, practice: bool, says: str
) -> None:
    with pytest.raises(NothingSorted, match=says):
        await sorting(database, foundations, Clerk(answer(), practice=practice)).sort(nora, "Good morning", NOON)
    assert await FormDraftRecord(database).find(nora, PASTE) == {"text": "Good morning"}, "nothing pasted is lost"


async def test_where_nothing_fits_one_press_leads_back_to_what_was_pasted(
    database: Database, foundations: Foundations, nora: Person
) -> None:
    typed = Asked(id="evt_1", actor=actor(), address=ADDRESS, at=NOON, command=PASTE)
    sorts = sorting(database, foundations, Clerk(practice=True))
    shown = await paste(typed, nora, Pasted("Good morning"), sorts, foundations)
    assert isinstance(shown, Message)
    assert [card.body[-1] for card in shown.cards] == [Buttons((Button("Open it again", Call(PASTE, form=True), primary=True),))]
    with pytest.raises(NothingSorted):  # a form that is refused is led back to by whoever sends its answer
        await paste(replace(typed, submitted=True), nora, Pasted("Good morning"), sorts, foundations)


async def test_before_and_after_are_shown_and_nothing_is_ticked(
    database: Database, foundations: Foundations, nora: Person
) -> None:
    foundation = await foundations.save(nora, {VOICE: "loud"}, NOON)
    found = await sorting(database, foundations, Clerk(practice=True)).sort(nora, BLUEPRINT, NOON)
    told = message(proposals(found, foundation, foundations.cells))
    assert "Voice (sure)\nBefore: “loud”\nAfter: “warm, plain, patient”" in told
    assert 'Said pains (sure): “- "My first batch went fuzzy"; - It smelled off”' in told
    assert "(empty)" not in told, "nothing is said of before where there was nothing"
    assert told.count("Before:") == 1
    assert "left out 3 other lines" in told
    assert "[Save all 4 that are empty now]" in told
    form = choice(found, foundation, foundations.cells, {})
    assert [each.label for each in form.fields] == ["Company", "Market", "Customer"]
    assert form.fields[0].options[-1].label == "Voice (sure, in place of what is there)"
    assert form.values == {"token": found.token}


async def test_only_what_is_ticked_is_saved_and_one_that_cannot_be_keeps_no_other_back(
    database: Database, foundations: Foundations, nora: Person
) -> None:
    at = sorting(database, foundations, Clerk(practice=True))
    found = await at.sort(nora, BLUEPRINT, NOON)
    await foundations.save(nora, {VOICE: "loud"}, NOON)
    done = await at.keep(nora, await at.waiting(nora, found.token), (VOICE, RIVALS), NOON.replace(hour=13))
    assert done.saved == (RIVALS,)
    assert "Changed meanwhile to: loud" in done.problems[VOICE]
    assert done.foundation.value("marketAwareness.competitors") == (
        {"name": "Jar lids", "weakness": "they leak"},
        {"name": "Pro kits", "weakness": "they scare beginners"},
    )
    assert done.foundation.value(PAINS) is None
    [newest, *_] = await foundations.changes(nora, 1)
    assert newest.source is Source.PASTE
    left = await at.waiting(nora, found.token)
    assert RIVALS not in {each.key for each in left.proposals}
    await at.keep(nora, left, [each.key for each in left.proposals if each.key != VOICE], NOON.replace(hour=14))
    [last] = (await at.waiting(nora, found.token)).proposals
    assert last.key == VOICE


async def test_proposals_that_were_all_saved_wait_no_longer(database: Database, foundations: Foundations, nora: Person) -> None:
    at = sorting(database, foundations, Clerk(practice=True))
    found = await at.sort(nora, "Voice: warm", NOON)
    assert await FormDraftRecord(database).find(nora, PASTE) == {}, "what was sorted waits as proposals"
    await at.keep(nora, found, (VOICE,), NOON)
    with pytest.raises(NotFound, match="not waiting any more"):
        await at.waiting(nora, found.token)
