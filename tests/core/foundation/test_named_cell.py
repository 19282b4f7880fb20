"""An answer that names its cell, below the question of another one."""

from __future__ import annotations

import pytest

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.history import Source
from core.foundation.interview import Interview
from core.foundation.named_cell import named_cell
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Call
from tests.core.conftest import AT
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of
from tests.core.foundation.test_interview_each import at_the_gaps, gaps
from tests.core.foundation.test_passing import command

CELLS = Cells(SHIPPED)
GOALS, PAINS, NAMES = "customerAvatar.goals", "customerAvatar.pains", "marketAwareness.competitors.name"


@pytest.mark.parametrize(
    ("words", "key", "text"),
    [
        ("said goals: one jar that works", GOALS, "one jar that works"),
        ("Goals: sell 40 boxes a month", GOALS, "sell 40 boxes a month"),
        ("goals - sell 40 boxes a month", GOALS, "sell 40 boxes a month"),
        ("goals – more time – less mess", GOALS, "more time – less mess"),
        ("for pains: the wax sinks", PAINS, "the wax sinks"),
        ("For the said pains: the wax sinks", PAINS, "the wax sinks"),
        ("oh, and pains: the wax sinks", PAINS, "the wax sinks"),
        ("this is for pains: the wax sinks", PAINS, "the wax sinks"),
        ("**Said pains**: the wax sinks", PAINS, "the wax sinks"),
        ("“Said pains”: the wax sinks", PAINS, "the wax sinks"),
        ("pains:\n- the wax sinks\n- it cracks", PAINS, "- the wax sinks\n- it cracks"),
        ("Self-image and beliefs: she is no expert", "customerAvatar.beliefs", "she is no expert"),
        ("Self-image & beliefs: she is no expert", "customerAvatar.beliefs", "she is no expert"),
        ("rivals: Lush and Boots", NAMES, "Lush and Boots"),
        ("main promise: a crisp jar", "companyContext.valueProposition", "a crisp jar"),
        ("value proposition: a crisp jar", "companyContext.valueProposition", "a crisp jar"),
    ],
)
async def test_the_name_of_a_cell_and_a_colon_or_a_dash_say_where_words_go(
    foundations: Foundations, nora: Person, words: str, key: str, text: str
) -> None:
    named = named_cell(words, CELLS, CELLS.by_key[OFFERS], foundations.empty(nora, AT))
    assert named == (CELLS.by_key[key], text)


@pytest.mark.parametrize(
    "words",
    [
        *("our goals are: one jar that works", "price: 12 pounds", "our goals: forty boxes", "My goals - more time"),
        *("goals sell 40 boxes", "goals-driven planners", "Goals:", "goals: ", "pain: the wax sinks", "pains-free shaving"),
        *("They say: the wax sinks", "Voice recorders - for parents", "Said pains me to see plastic", "https://goals.example"),
        *("The needs of her skin: water", "Fears and hopes: being seen", "customer: Nora, 36", "summary: soap for all"),
        *("Two kits: one for goals: one for fun", "It has goals - and they are hers", "A voice: warm", "note: pains: the wax"),
    ],
)
async def test_other_words_before_a_colon_or_a_dash_name_no_cell(foundations: Foundations, nora: Person, words: str) -> None:
    assert named_cell(words, CELLS, CELLS.by_key[OFFERS], foundations.empty(nora, AT)) is None


@pytest.mark.parametrize(
    ("words", "asked_for"),
    [
        ("pains: the lids leak", "marketAwareness.marketPains"),
        ("channels: Pinterest each week", "marketAwareness.priorityChannels"),
        ("Channels - Pinterest sells, mail answers", "marketAwareness.channelValue"),
    ],
)
async def test_a_part_of_the_open_cells_title_names_no_other(
    foundations: Foundations, nora: Person, words: str, asked_for: str
) -> None:
    assert named_cell(words, CELLS, CELLS.by_key[asked_for], foundations.empty(nora, AT)) is None


async def test_it_is_saved_where_it_says_and_the_question_stays_open(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    told = await interview.hear(said("said goals: one jar that works"), nora)
    assert "Saved under Said goals, as you said: “one jar that works”" in text_of(told)
    assert foundations.cells.by_key[OFFERS].question in text_of(told)
    assert pressed(told)[0] == Call("foundation edit", {"cell": "Said goals"})
    kept = await foundations.of(nora, AT)
    assert (kept.value(GOALS), kept.value(OFFERS)) == (("one jar that works",), None)
    [change] = await foundations.changes(nora, 5)
    assert (change.field, change.source) == (GOALS, Source.INTERVIEW)
    assert "Saved under What we sell" in text_of(await interview.hear(said("A starter kit at €59 with a press"), nora))


async def test_it_goes_behind_what_the_cell_holds(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {GOALS: "one jar that works", MECHANISM: "A spring press"}, AT)
    await interview.begin(asked(), nora)
    assert "Added to Said goals" in text_of(await interview.hear(said("goals: more time; one jar that works"), nora))
    await interview.hear(said("how it works: and a batch card"), nora)
    kept = await foundations.of(nora, AT)
    assert kept.value(GOALS) == ("one jar that works", "more time")
    assert kept.value(MECHANISM) == "A spring press\n\nand a batch card"


async def test_rivals_and_what_is_said_of_them_may_be_named_too(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("rivals: Lush - fresh and handmade; Boots"), nora)
    await interview.hear(said("their gaps: boots: no smell"), nora)
    assert await gaps(foundations, nora) == {"Lush (fresh and handmade)": "", "Boots": "no smell"}
    refused = await interview.hear(said("their gaps: nivea: greasy"), nora)
    assert "nothing is saved yet" in text_of(refused)
    assert Call("foundation edit", {"cell": "Their gaps"}) in pressed(refused)
    assert foundations.cells.by_key[OFFERS].question in text_of(refused)
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


async def test_a_rival_may_be_called_like_a_cell(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await at_the_gaps(interview, foundations, nora, "Dream; Boots")
    await interview.hear(said("dream: too dear"), nora)
    assert await gaps(foundations, nora) == {"Dream": "too dear", "Boots": ""}


async def test_an_answer_that_names_its_own_cell_is_the_answer_without_the_name(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.passed_by(command("foundation show"), nora)
    told = await interview.hear(said("What we sell: soap bars and dishes of olive wood"), nora)
    assert "Saved under What we sell" in text_of(told)
    assert (await foundations.of(nora, AT)).value(OFFERS) == "soap bars and dishes of olive wood"


@pytest.mark.parametrize("words", ["our goals are: one jar that works", "price: 12 pounds for the small kit", "It says: no"])
async def test_an_answer_with_a_colon_is_the_answer_to_what_was_asked(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == words


async def test_what_may_have_been_an_aside_does_not_wait_any_more_after_that(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("my bus is here"), nora)
    await interview.hear(said("goals: one jar"), nora)
    assert "not waiting any more" in text_of(await interview.keep(asked(), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


async def test_a_slip_after_that_is_about_the_cell_that_was_named(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("A starter kit that ferments the first jar"), nora)
    await interview.hear(said("goals: one jar"), nora)
    slipped = await interview.hear(said("wrong, change that"), nora)
    assert pressed(slipped)[0] == Call("foundation edit", {"cell": "Said goals"})
