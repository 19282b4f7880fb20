"""Words that are for no person, said their writer, are no answer to the letter that came: whoever else asked hears them."""

from __future__ import annotations

from core.exchanges.model import Exchange
from core.meanwhile import Meanwhile
from core.people.model import Person
from tests.core.conftest import AT
from tests.core.exchanges.office import HOUR, Office, press, spoken

FIGURES = "last week 9 orders"


async def test_what_is_heard_once_more_answers_no_letter(office: Office, nora: Person, letter: Exchange) -> None:
    meanwhile = Meanwhile(office.calls, office.exchanges.lately, office.loose, practice=False)
    first = spoken(FIGURES, AT + HOUR)
    assert await meanwhile.is_for_others(first, nora, AT - HOUR)
    assert "for Omar?" in await office.types(nora, FIGURES, AT + HOUR)
    await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, await office.last(nora))
    [again] = office.agents.heard
    assert await meanwhile.are_said_again(again, nora)
    assert not await meanwhile.is_for_others(again, nora, AT - HOUR)
    assert await meanwhile.is_for_others(spoken(FIGURES, AT + 2 * HOUR), nora, AT - HOUR), "other words may answer it"
