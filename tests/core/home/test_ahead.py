"""What comes next, in words and with the buttons that lead there."""

from __future__ import annotations

from datetime import datetime

from core.home.ahead import OwnPlaces
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Text
from tests.core.conftest import AT

TICK, RUN, OPEN = (Button(each, Call("module", words=each)) for each in ("Item 1 is done", "Run H1", "Open the module"))


class Shows:
    """Implements `core.cohort.panel.Following` with these buttons."""

    def __init__(self, *buttons: Button) -> None:
        self.buttons = buttons

    async def card(self, person: Person, at: datetime) -> Card:
        assert at == AT
        return Card("You are in Hook", (Text("Nothing is ticked."), Facts(()), Text("**Next:** read."), Buttons(self.buttons)))


async def test_it_is_the_cards_words_and_its_first_and_last_button(nora: Person) -> None:
    ahead = await OwnPlaces(Shows(TICK, RUN, OPEN), lambda: AT).ahead(nora)
    assert ahead.text == "**You are in Hook.** Nothing is ticked.\n\n**Next:** read."
    assert ahead.ways == (TICK, OPEN)


async def test_one_button_is_offered_once(nora: Person) -> None:
    assert (await OwnPlaces(Shows(OPEN), lambda: AT).ahead(nora)).ways == (OPEN,)
