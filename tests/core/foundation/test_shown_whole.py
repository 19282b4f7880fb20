"""The whole Foundation as it is shown: also a cell that is filled in part, and what is kept beside the nine."""

from __future__ import annotations

import pytest

from core.foundation.cells import Cells
from core.foundation.commands import Addition, Filled, add, saved, show
from core.foundation.interview import Interview
from core.foundation.model import SUMMARY
from core.foundation.service import Foundations
from core.foundation.sorting_views import titles
from core.people.model import Person
from core.plain import message
from core.request import Asked
from core.ui import Message
from tests.core.conftest import AT, actor

RIVALS, GAPS = "marketAwareness.competitors.name", "marketAwareness.competitors.weakness"
GOAL = "companyContext.businessGoal"
THREE = "Lush (fresh and handmade)\nLa Corvette\nSavonnerie Bourbonne"
TWO_KNOWN = "Lush: plastic and perfume\nLa Corvette: industrial"


def asked(command: str) -> Asked:
    who = actor()
    return Asked(id="1", actor=who, address=who.direct, at=AT, command=command, submitted=True)


async def shown(nora: Person, foundations: Foundations) -> str:
    answer = await show(asked("foundation show"), nora, foundations)
    assert isinstance(answer, Message)
    return message(answer)


async def told(nora: Person, foundations: Foundations, typed: dict[str, str]) -> str:
    """What is said right after saving."""
    answer = await saved(asked("foundation save"), nora, Filled(cells=typed), foundations)
    assert isinstance(answer, Message)
    return message(answer)


async def test_gaps_known_of_some_rivals_are_shown_with_whom_they_miss(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {RIVALS: THREE, GAPS: TWO_KNOWN}, AT)
    text = await shown(nora, foundations)
    there = "Lush (fresh and handmade): plastic and perfume; La Corvette: industrial"
    assert f"Their gaps: {there} (still missing for Savonnerie Bourbonne)" in text
    assert "Their gaps" in text.partition("Needed before Hook:")[2], "it is still needed"
    assert "1 of 9" in text


async def test_gaps_that_are_long_say_all_the_same_whom_they_miss(foundations: Foundations, nora: Person) -> None:
    long = f"Lush: {'plastic and perfume ' * 20}\nLa Corvette: industrial"
    await foundations.save(nora, {RIVALS: THREE, GAPS: long}, AT)
    assert "… (still missing for Savonnerie Bourbonne)" in await shown(nora, foundations)


@pytest.mark.parametrize(
    "gaps",
    ["", f"{TWO_KNOWN}\nSavonnerie Bourbonne: nobody knows it"],
    ids=["of nobody", "of all"],
)
async def test_gaps_known_of_nobody_or_of_all_say_nothing_of_it(foundations: Foundations, nora: Person, gaps: str) -> None:
    await foundations.save(nora, {RIVALS: THREE, **({GAPS: gaps} if gaps else {})}, AT)
    text = await shown(nora, foundations)
    assert "still missing for" not in text
    assert ("Their gaps: Lush" in text) == bool(gaps)


async def test_right_after_saving_it_says_whom_the_gaps_miss(foundations: Foundations, nora: Person) -> None:
    assert "Saved: Rivals." in await told(nora, foundations, {RIVALS: THREE})
    words = await told(nora, foundations, {GAPS: TWO_KNOWN})
    assert "Saved: Their gaps (still missing for Savonnerie Bourbonne)." in words
    assert "Saved: Their gaps." in await told(nora, foundations, {GAPS: f"{TWO_KNOWN}\nSavonnerie Bourbonne: unknown"})


async def test_what_is_added_says_it_too(foundations: Foundations, interview: Interview, nora: Person) -> None:
    await foundations.save(nora, {RIVALS: THREE, GAPS: "Lush: plastic"}, AT)
    answer = await add(asked("foundation add"), nora, Addition("their gaps", "La Corvette: industrial"), foundations, interview)
    assert isinstance(answer, Message)
    assert "Added to Their gaps (still missing for Savonnerie Bourbonne)." in message(answer)


async def test_what_is_pasted_says_it_too(foundations: Foundations, nora: Person) -> None:
    foundation = await foundations.save(nora, {RIVALS: THREE, GAPS: TWO_KNOWN}, AT)
    said = titles((RIVALS, GAPS, SUMMARY), foundation, foundations.cells)
    assert said == "Rivals, Their gaps (still missing for Savonnerie Bourbonne), Alignment summary"


async def test_what_is_kept_beside_the_nine_is_shown_where_it_is_filled(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {GOAL: "From 90 to 150 orders a month"}, AT)
    text = await shown(nora, foundations)
    assert "Goal and the figure that should move: From 90 to 150 orders a month" in text
    assert text.count("Kept beside the nine") == 1
    assert "Guarantee" not in text
    assert text.count("0 of 9") == 3, "it counts for nothing"


async def test_every_field_that_can_be_saved_is_shown(foundations: Foundations, nora: Person, cells: Cells) -> None:
    keys = [key for key, cell in cells.by_key.items() if not cell.part]
    await foundations.save(nora, {key: f"Words {at}." for at, key in enumerate([*keys, SUMMARY])}, AT)
    await foundations.save(nora, {RIVALS: "Lush", GAPS: "Lush: plastic"}, AT)
    text = await shown(nora, foundations)
    assert [f"Words {at}." for at in range(len(keys) + 1) if f"Words {at}." not in text] == []
    assert "Rivals: Lush" in text
    assert "Their gaps: Lush: plastic" in text


async def test_an_empty_foundation_names_nothing_beside_the_nine(foundations: Foundations, nora: Person) -> None:
    assert "Kept beside" not in await shown(nora, foundations)


@pytest.fixture
def cells(foundations: Foundations) -> Cells:
    """The cells as they are shipped."""
    return foundations.cells
