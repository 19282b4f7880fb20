"""Two people, or two platforms, change one Foundation at the same time."""

from __future__ import annotations

import pytest

from core.foundation.commands import Filled, WhichCell, edit, saved
from core.foundation.interview import Interview
from core.foundation.service import BadCells, Foundations
from core.people.model import Person
from core.plain import message as plain
from core.request import Asked, Said, Typed
from core.ui import Form, Message
from tests.core.conftest import ADDRESS, AT, actor

OFFER = "companyContext.coreOffers"
VALUE = "companyContext.valueProposition"
PAINS = "customerAvatar.pains"
NAMES = "marketAwareness.competitors.name"
GAPS = "marketAwareness.competitors.weakness"


def asked(command: str) -> Asked:
    """Somebody asks."""
    return Asked(id="1", actor=actor(), address=ADDRESS, at=AT, command=command)


async def opened(foundations: Foundations, person: Person, cell: str) -> Form:
    """The form of a cell or a grid."""
    form = await edit(asked("foundation edit"), person, WhichCell(cell), foundations)
    assert isinstance(form, Form)
    return form


async def sent(foundations: Foundations, person: Person, form: Form, typed: dict[str, Typed]) -> Form | Message:
    """The form filled in and sent, as a surface sends it: every value, and what it held unseen."""
    values = {**form.values, **typed}
    seen = int(str(values.pop("seen")))
    answer = await saved(asked("foundation save"), person, Filled(seen, values), foundations)
    assert isinstance(answer, Form | Message)
    return answer


async def test_two_grids_sent_with_different_cells_changed_keep_both(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {OFFER: "jars", VALUE: "no waste"}, AT)
    first, second = await opened(foundations, nora, "company"), await opened(foundations, nora, "company")
    assert isinstance(await sent(foundations, nora, first, {OFFER: "jars and starters"}), Message)
    assert isinstance(await sent(foundations, nora, second, {VALUE: "no waste, no smell"}), Message)
    kept = await foundations.of(nora, AT)
    assert (kept.value(OFFER), kept.value(VALUE)) == ("jars and starters", "no waste, no smell")


async def test_the_second_is_shown_the_firsts_value_and_asked(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {OFFER: "jars"}, AT)
    first, second = await opened(foundations, nora, "what we sell"), await opened(foundations, nora, "what we sell")
    await sent(foundations, nora, first, {OFFER: "jars and starters"})
    again = await sent(foundations, nora, second, {OFFER: "jars and salt"})
    assert isinstance(again, Form)
    assert again.problems[OFFER] == "Changed meanwhile to: jars and starters\nKeep yours?"
    assert again.values[OFFER] == "jars and salt", "what was typed is kept"
    assert (await foundations.of(nora, AT)).value(OFFER) == "jars and starters"
    assert isinstance(await sent(foundations, nora, again, {}), Message)
    assert (await foundations.of(nora, AT)).value(OFFER) == "jars and salt"


async def test_a_cell_that_was_not_touched_is_not_written_over_when_the_form_is_sent_again(
    foundations: Foundations, nora: Person
) -> None:
    await foundations.save(nora, {OFFER: "jars", VALUE: "no waste"}, AT)
    form = await opened(foundations, nora, "company")
    await foundations.save(nora, {OFFER: "theirs", VALUE: "theirs too"}, AT)
    again = await sent(foundations, nora, form, {VALUE: "mine"})
    assert isinstance(again, Form)
    assert set(again.problems) == {VALUE}
    assert again.values[OFFER] == "theirs"
    await sent(foundations, nora, again, {})
    kept = await foundations.of(nora, AT)
    assert (kept.value(OFFER), kept.value(VALUE)) == ("theirs", "mine")


async def test_the_same_value_from_both_is_no_conflict(foundations: Foundations, nora: Person) -> None:
    form = await opened(foundations, nora, "pains")
    await foundations.save(nora, {PAINS: "fuzzy jars\nsour smell"}, AT)
    assert isinstance(await sent(foundations, nora, form, {PAINS: "- fuzzy jars\n- sour smell"}), Message)


async def test_a_third_change_in_between_is_asked_about_again(foundations: Foundations, nora: Person) -> None:
    form = await opened(foundations, nora, "what we sell")
    await foundations.save(nora, {OFFER: "second"}, AT)
    again = await sent(foundations, nora, form, {OFFER: "mine"})
    assert isinstance(again, Form)
    await foundations.save(nora, {OFFER: "third"}, AT)
    once_more = await sent(foundations, nora, again, {})
    assert isinstance(once_more, Form)
    assert "third" in once_more.problems[OFFER]


async def test_the_two_halves_of_a_pair_are_two_cells(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {NAMES: "Jar lids\nLab kits"}, AT)
    names, gaps = await opened(foundations, nora, NAMES), await opened(foundations, nora, GAPS)
    await sent(foundations, nora, names, {NAMES: "Jar lids\nLab kits\nSupermarkets"})
    assert isinstance(await sent(foundations, nora, gaps, {GAPS: "Lab kits: scary"}), Message)
    kept = await foundations.of(nora, AT)
    assert kept.value("marketAwareness.competitors") == (
        {"name": "Jar lids", "weakness": ""},
        {"name": "Lab kits", "weakness": "scary"},
        {"name": "Supermarkets", "weakness": ""},
    )


async def test_an_interview_in_between_is_no_conflict_of_other_cells(foundations: Foundations, nora: Person) -> None:
    form = await opened(foundations, nora, "what we sell")
    await foundations.save(nora, {PAINS: "fuzzy jars everywhere"}, AT)
    assert isinstance(await sent(foundations, nora, form, {OFFER: "jars"}), Message)


async def test_what_cannot_be_read_and_was_changed_says_both(foundations: Foundations, nora: Person) -> None:
    await foundations.save(nora, {OFFER: "theirs"}, AT)
    with pytest.raises(BadCells) as caught:
        await foundations.save(nora, {OFFER: "x" * 5_000}, AT, seen=0)
    assert "5,000 characters" in caught.value.problems[OFFER]
    assert "theirs" in caught.value.problems[OFFER]


async def test_an_answer_to_what_was_filled_meanwhile_is_asked_for_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(asked("foundation interview"), nora)
    await foundations.save(nora, {OFFER: "filled on Discord"}, AT)
    answer = Said(id="1", actor=actor(), address=ADDRESS, at=AT, text="A starter kit at €59 and spice packs")
    asked_again = await interview.hear(answer, nora)
    assert isinstance(asked_again, Message)
    assert "Changed meanwhile to: filled on Discord" in plain(asked_again)
    assert (await foundations.of(nora, AT)).value(OFFER) == "filled on Discord"
    await interview.hear(answer, nora)
    assert (await foundations.of(nora, AT)).value(OFFER) == "A starter kit at €59 and spice packs"
