"""Asides of life below an open question, and answers that only sound like them."""

from __future__ import annotations

import pytest

from core.foundation.asides import Aside, aside


@pytest.mark.parametrize(
    "words",
    [
        *("wait i have to feed the baby", "sorry gotta go, phone is ringing", "gotta go now", "i have to go, kids"),
        *(
            "that's me for tonight x",
            "done for tonight",
            "all done for today",
            "can we do the rest later, school run",
            "ill finish the rest tomorrow",
        ),
        *("thats me done for today ta", "that’s us finished for the night", "im all done for the day"),
        *("thats enough for today, i will go on tomorrow", "back in 5 minutes", "brb phone", "I’ll finish this later tonight"),
        *(
            "thats enough for today ta",
            "im done for tonight cheers",
            "thats enough for today, i have to cook",
            "that's it for today",
            "stop for now",
            "ok enough for now, bye",
            "hang on",
        ),
        *("dinner time, back later", "bedtime, more tomorrow", "tomorrow more", "rest tomorrow", "hang on, dinner"),
        *("sorry, got to run to the bus", "need to pick up my kids now", "baby is crying brb", "have to stop here, dinner"),
        *("lets do this later", "gotta go, kids", "back in an hour", "be back in an hour", "let’s do it another time"),
        *("do this later", "lets pause", "lets leave it there", "Let's call it a day", "lets do it some other time, kids are up"),
    ],
)
def test_who_leaves_is_understood(words: str) -> None:
    assert aside(words) is Aside.LEAVING


@pytest.mark.parametrize(
    "words",
    [
        *("ok back", "i'm back", "back", "Hi, I’m back!", "ok lets go on", "where were we", "Back from lunch", "ok I'm back now"),
        *("can we continue?", "ready", "here again"),
    ],
)
def test_who_is_back_is_understood(words: str) -> None:
    assert aside(words) is Aside.BACK


@pytest.mark.parametrize(
    "words", ["how many questions are left?", "how many questions are left", "how many more", "How much longer is this"]
)
def test_who_asks_how_much_is_left_is_understood(words: str) -> None:
    assert aside(words) is Aside.HOW_MANY


@pytest.mark.parametrize(
    "words",
    [
        "I have to feed the baby",
        "my bus is here",
        "someone at the door",
        "i need to go to work",
        "We have to stop waste",
        "phone",
        *("maybe later", "another time", "not today", "later today, sorry"),
    ],
)
def test_what_may_be_either_is_asked_about(words: str) -> None:
    assert aside(words) is Aside.PERHAPS


@pytest.mark.parametrize(
    "words",
    [
        *("That is all natural soap", "Enough for a week of tea", "More tomorrow than today", "Dinner time candles"),
        *("Back to basics soap", "I have to go to three markets a week", "We go on until it is right", "Gotta love it"),
        *("Sorry, not now", "Thanks, come back soon!", "I go back to my mother's kitchen", "Baby blankets, phone cases"),
        *("work, home, school", "How many jars are left?", "Ready to wear", "Back in stock", "I'm a baker", "Enough for two"),
        *("Lets do this together", "Back in an hour or less: same-day repair", "Be back in an hour signs", "Do it twice a day"),
        *("Another time zone clocks", "Maybe later, says every mother", "Not today, too tired to cook", "Do it later kits"),
        *("Lets leave it to the experts", "Lets pause and breathe cards", "Kids gotta go wild", "Some other day spa boxes"),
        *("I have to change nappies at night", "They must leave the house on time", "I want to sleep", "Candles for the bath"),
    ],
)
def test_a_shops_answer_is_none(words: str) -> None:
    assert aside(words) is None
