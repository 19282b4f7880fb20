"""An interview in which rivals are asked about one by one, and one that life comes between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.foundation.interview import Interview
from core.foundation.open_question import OpenQuestion
from core.foundation.service import Foundations
from core.people.model import Person
from core.request import Asked, Reworded
from core.ui import Call
from persistence.foundation import FoundationRecord
from tests.core.conftest import AT, actor
from tests.core.foundation.test_interview import MECHANISM, OFFERS, asked, pressed, said, text_of

GAPS = "marketAwareness.competitors.weakness"
RIVALS = "marketAwareness.competitors"
KEEP = Call("foundation keep")


async def at_the_gaps(interview: Interview, foundations: Foundations, nora: Person, rivals: str) -> str:
    """Asked about the gaps of these rivals; returns what the answer to who they are brought."""
    cells = foundations.cells
    await foundations.save(nora, {cell.key: "x y z w v" for cell in cells.grids[0].cells}, AT)
    await interview.begin(asked(), nora)
    return text_of(await interview.hear(said(rivals), nora))


async def gaps(foundations: Foundations, nora: Person) -> dict[str, str]:
    value = (await foundations.of(nora, AT)).value(RIVALS)
    assert value
    return {each["name"]: each["weakness"] for each in value if not isinstance(each, str)}


async def test_each_rival_is_asked_about_by_its_name_and_an_answer_without_one_is_about_it(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    first = await at_the_gaps(interview, foundations, nora, "weleda skin food; the pharmacy creams")
    assert "Take weleda skin food. What do the people" in first
    second = text_of(await interview.hear(said("too perfumed, burns on cracked skin"), nora))
    assert "“weleda skin food: too perfumed, burns on cracked skin”" in second
    assert "Take the pharmacy creams. What do the people" in second
    third = text_of(await interview.hear(said("pharmacy: greasy, it stains"), nora))
    assert foundations.cells.by_key["marketAwareness.differentiation"].question in third
    assert await gaps(foundations, nora) == {
        "weleda skin food": "too perfumed, burns on cracked skin",
        "the pharmacy creams": "greasy, it stains",
    }
    assert (await foundations.of(nora, AT)).has(foundations.cells.by_key[GAPS])


async def test_all_may_be_answered_at_once_by_short_names(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await at_the_gaps(interview, foundations, nora, "weleda skin food; the pharmacy creams")
    await interview.hear(said("Weleda: too perfumed\npharmacy - greasy"), nora)
    assert await gaps(foundations, nora) == {"weleda skin food": "too perfumed", "the pharmacy creams": "greasy"}


async def test_what_rivals_promise_is_no_rival_and_their_names_are_known_without_it(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    typed = "catawiki, cheap auctions; the big marklin shop in the city, new stuff with guarantee"
    assert "Take catawiki." in await at_the_gaps(interview, foundations, nora, typed)
    await interview.hear(said("marklin: dear"), nora)
    assert list((await gaps(foundations, nora)).values()) == ["", "dear"]
    assert "Take catawiki." in text_of(await interview.hear(said("ok"), nora)), "the other is still open"


async def test_an_unknown_name_is_asked_about_and_never_becomes_a_rival_in_silence(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_gaps(interview, foundations, nora, "weleda skin food; the pharmacy creams")
    unsure = await interview.hear(said("nivea: too greasy"), nora)
    assert "“nivea” is not under Rivals" in text_of(unsure)
    assert KEEP in pressed(unsure)
    assert Call("foundation edit", {"cell": "Rivals"}) in pressed(unsure)
    assert list(await gaps(foundations, nora)) == ["weleda skin food", "the pharmacy creams"]
    assert "Saved under" in text_of(await interview.keep(asked(), nora))
    assert await gaps(foundations, nora) == {"weleda skin food": "nivea: too greasy", "the pharmacy creams": ""}


async def test_a_rival_of_whom_nothing_is_known_is_passed_over_and_the_next_is_asked_about(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_gaps(interview, foundations, nora, "weleda skin food; the pharmacy creams")
    assert "Take the pharmacy creams." in text_of(await interview.hear(said("no idea"), nora))
    assert "Take weleda skin food." in text_of(await interview.hear(said("greasy and it stains"), nora))
    assert "Take" not in text_of(await interview.hear(said("skip"), nora))


async def test_an_answer_about_one_rival_that_is_changed_in_place_stays_about_it(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await at_the_gaps(interview, foundations, nora, "weleda skin food; the pharmacy creams")
    first = said("to perfumed")
    await interview.hear(first, nora)
    change = Reworded(id="evt_1", actor=actor(), address=first.address, at=AT, of=first.id, text="too perfumed")
    await interview.reworded(change, nora)
    assert await gaps(foundations, nora) == {"weleda skin food": "too perfumed", "the pharmacy creams": ""}


@pytest.mark.parametrize("left", ["wait i have to feed the baby", "sorry gotta go, phone is ringing", "gotta go now"])
@pytest.mark.parametrize("back", ["ok back", "i'm back", "back", "ok lets go on", "where were we"])
async def test_who_left_finds_the_question_again_by_saying_so(
    interview: Interview, foundations: Foundations, store: FoundationRecord, nora: Person, left: str, back: str
) -> None:
    await interview.begin(asked(), nora)
    told = await interview.hear(said(left), nora)
    assert "The question for What we sell waits: write “back” here" in text_of(told)
    assert pressed(told)[0] == Call("foundation back")
    assert await OpenQuestion(store).asked_at(nora) is None
    assert await interview.hear(said("thanks"), nora) is None
    progress = Asked(id="evt_2", actor=actor(), address=said("x").address, at=AT, command="progress")
    await interview.passed_by(progress, nora)
    again = await interview.hear(replace(said(back), at=AT + timedelta(hours=2)), nora)
    assert foundations.cells.by_key[OFFERS].question in text_of(again)
    assert (await foundations.of(nora, AT)).value(OFFERS) is None
    assert "Saved under" in text_of(await interview.hear(said("Back to basics soap"), nora))


async def test_who_talked_with_somebody_else_meanwhile_is_not_back_in_the_interview(interview: Interview, nora: Person) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("gotta go now"), nora)
    assert await interview.hear(said("@Teacher what is a hook"), nora) is None
    assert await interview.hear(said("ok lets go on"), nora) is None


async def test_who_is_back_after_hours_without_a_goodbye_is_asked_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("A starter kit that ferments the first jar"), nora)
    assert "a change of your last answer" in text_of(await interview.hear(said("back"), nora)), "the one before, so soon"
    late = replace(said("back"), at=AT + timedelta(hours=2))
    told = text_of(await interview.hear(late, nora))
    assert "Welcome back" in told
    assert foundations.cells.by_key[MECHANISM].question in told


@pytest.mark.parametrize("words", ["oh no that was the wrong answer", "that was wrong", "That's the wrong answer"])
async def test_a_wrong_answer_is_put_right_and_without_one_it_is_asked_about(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    assert "is that your answer for What we sell?" in text_of(await interview.hear(said(words), nora))
    await interview.hear(said("A starter kit that ferments the first jar"), nora)
    assert "a change of your last answer" in text_of(await interview.hear(said(words), nora))
    assert (await foundations.of(nora, AT)).value(MECHANISM) is None


@pytest.mark.parametrize("words", ["how many questions are left?", "how many questions are left"])
async def test_how_many_are_left_is_said_before_the_question_comes_again(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    told = text_of(await interview.hear(said(words), nora))
    assert f"27 questions are left; {len(foundations.still_locks(await foundations.of(nora, AT)))} of them before Hook" in told
    assert foundations.cells.by_key[OFFERS].question in told


async def test_what_may_be_an_aside_is_asked_about_and_saved_once_that_is_said(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    async def kept() -> object:
        return (await foundations.of(nora, AT)).value(OFFERS)

    await interview.begin(asked(), nora)
    unsure = await interview.hear(said("I have to feed the baby"), nora)
    assert "“I have to feed the baby”: is that your answer for What we sell?" in text_of(unsure)
    assert pressed(unsure) == [KEEP, Call("foundation leave")]
    assert await kept() is None
    assert "We stop here" in text_of(await interview.hear(said("no"), nora))
    await interview.hear(said("back"), nora)
    assert "not waiting any more" in text_of(await interview.keep(asked(), nora))
    await interview.hear(said("I have to feed the baby"), nora)
    await interview.hear(said("yes"), nora)
    assert await kept() == "I have to feed the baby"


@pytest.mark.parametrize(
    "words", ["Back to basics soap", "I have to go to three markets a week", "We go on until it is right", "Gotta love it"]
)
async def test_a_shops_answer_is_saved_also_below_a_question_whether_another_was_one(
    interview: Interview, foundations: Foundations, nora: Person, words: str
) -> None:
    await interview.begin(asked(), nora)
    await interview.hear(said("my bus is here"), nora)
    await interview.hear(said(words), nora)
    assert (await foundations.of(nora, AT)).value(OFFERS) == words
