"""One question at a time."""

from __future__ import annotations

from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.ids import new_id
from core.people.model import Person
from core.plain import message as plain
from core.request import Address, Asked, Platform, Said
from core.ui import Answer, Message
from tests.core.conftest import ADDRESS, AT, actor

OFFERS = "companyContext.coreOffers"
MECHANISM = "companyContext.uniqueMechanism"


def said(text: str, address: Address = ADDRESS) -> Said:
    return Said(id=new_id("evt"), actor=actor(), address=address, at=AT, text=text)


def text_of(answer: Answer) -> str:
    assert isinstance(answer, Message)
    return plain(answer)


async def test_an_answer_is_saved_mirrored_and_followed_by_the_next_question(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    first = text_of(await interview.begin(nora, ADDRESS, AT))
    cells = foundations.cells.by_key
    assert cells[OFFERS].question in first
    second = text_of(await interview.hear(said("A starter kit at €59 and spice packs at €9 each"), nora))
    assert "Saved under" in second
    assert "“A starter kit at €59 and spice packs at €9 each”" in second
    assert cells[MECHANISM].question in second
    assert (await foundations.of(nora, AT)).value(OFFERS) == "A starter kit at €59 and spice packs at €9 each"


async def test_a_thin_answer_is_saved_and_dug_into_once(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(nora, ADDRESS, AT)
    dug = text_of(await interview.hear(said("Starter kits"), nora))
    assert foundations.cells.by_key[OFFERS].dig in dug
    following = text_of(await interview.hear(said("€59 each"), nora))
    assert foundations.cells.by_key[MECHANISM].question in following
    assert (await foundations.of(nora, AT)).value(OFFERS) == "Starter kits\n€59 each"


async def test_it_can_be_left_and_taken_up_where_it_was(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(nora, ADDRESS, AT)
    await interview.hear(said("A starter kit that ferments the first jar"), nora)
    assert "saved" in text_of(await interview.hear(said("stop"), nora))
    assert await interview.hear(said("this is for the agents"), nora) is None
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.begin(nora, ADDRESS, AT))


async def test_a_question_can_be_skipped_and_comes_back_at_the_end(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await interview.begin(nora, ADDRESS, AT)
    assert foundations.cells.by_key[MECHANISM].question in text_of(await interview.hear(said("Skip."), nora))
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


async def test_a_command_in_between_ends_it_so_that_nothing_else_is_taken_for_an_answer(
    interview: Interview, nora: Person
) -> None:
    await interview.begin(nora, ADDRESS, AT)
    progress = Asked(id=new_id("evt"), actor=actor(), address=ADDRESS, at=AT, command="progress")
    await interview.passed_by(progress, nora)
    assert await interview.hear(said("How do I write a hook"), nora) is None


async def test_words_to_an_agent_and_words_elsewhere_are_not_answers(interview: Interview, nora: Person) -> None:
    await interview.begin(nora, ADDRESS, AT)
    assert await interview.hear(said("@Teacher what do you mean"), nora) is None
    elsewhere = Address(Platform.TERMINAL, "terminal", "another")
    assert await interview.hear(said("A starter kit at €59", elsewhere), nora) is None


async def test_a_question_back_is_explained_and_not_saved(interview: Interview, foundations: Foundations, nora: Person) -> None:
    await interview.begin(nora, ADDRESS, AT)
    explained = text_of(await interview.hear(said("What do you mean by that?"), nora))
    assert foundations.cells.by_key[OFFERS].meaning in explained
    assert (await foundations.of(nora, AT)).value(OFFERS) is None


async def test_an_answer_that_cannot_be_read_is_explained_and_asked_again(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    await foundations.save(nora, {cell.key: "x y z w v" for cell in foundations.cells.grids[0].cells}, AT)
    await interview.begin(nora, ADDRESS, AT)
    await interview.hear(said("Jar lids; Lab kits"), nora)
    answer = text_of(await interview.hear(said("they are rather weak in the middle"), nora))
    assert "Jar lids, Lab kits" in answer
    assert foundations.cells.by_key["marketAwareness.competitors.weakness"].question in answer


async def test_when_every_cell_is_filled_it_says_so_and_what_is_next(
    interview: Interview, foundations: Foundations, nora: Person
) -> None:
    for cell in foundations.cells.in_order:
        await foundations.save(nora, {cell.key: "Lids: leak" if cell.kind == "pairs" else "a b c d e"}, AT)
    assert "Every cell of your Foundation is filled" in text_of(await interview.begin(nora, ADDRESS, AT))
