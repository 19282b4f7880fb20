"""Saying whether an answer helped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import plain
from core.chat.model import ParticipantMessage
from core.command import Problems, read
from core.feedback.commands import Rated, feedback
from core.feedback.model import Rating
from core.feedback.service import Feedbacks, NotYours
from core.people.model import Person
from core.people.service import People
from core.ui import Answer, Call, Feedback, Form, Message
from persistence.documents import Database
from persistence.feedback import FeedbackRecord
from tests.core.chat.world import World, world
from tests.core.conftest import AT, actor
from tests.servers.claude import Drops, Says


def asked_whether(message: Message) -> Feedback | None:
    """The question under an answer."""
    found = [element for card in message.cards for element in card.body if isinstance(element, Feedback)]
    return found[0] if found else None


async def press(here: World, person: Person, call: Call, *, submitted: bool = False, **typed: str) -> Answer:
    """Press it, or send the form."""
    args = read(Rated, {**call.values, **typed})
    assert not isinstance(args, Problems)
    assert isinstance(args, Rated)
    asked = replace(here.command(), submitted=submitted)
    return await feedback(asked, person, args, Feedbacks(FeedbackRecord(here.database)))


async def test_a_whole_answer_asks_whether_it_helped_and_keeps_what_is_said(database: Database, nora: Person) -> None:
    async with world(database, Says(("It stops the thumb.",))) as here:
        heard = await here.say(nora, "@Teacher what is a hook?")
        ask = asked_whether(heard.messages[0])
        assert ask is not None
        thanks = await press(here, nora, ask.good)
        assert isinstance(thanks, Message)
        assert (thanks.private, "Thank you" in plain.message(thanks)) == (True, True)
        _, answer = await here.kept()
    assert isinstance(answer, ParticipantMessage)
    assert answer.feedback == Rating(helped=True, at=AT)


async def test_what_did_not_help_is_kept_at_once_and_the_reason_may_follow(database: Database, nora: Person) -> None:
    async with world(database, Says(("It stops the thumb.",))) as here:
        ask = asked_whether((await here.say(nora, "@Teacher what is a hook?")).messages[0])
        assert ask is not None
        form = await press(here, nora, ask.bad)
        assert isinstance(form, Form)
        assert [each.required for each in form.fields] == [False]
        _, answer = await here.kept()
        assert isinstance(answer, ParticipantMessage)
        assert answer.feedback == Rating(helped=False, at=AT)
        for reason in ("", "Too short."):
            assert isinstance(await press(here, nora, Call(form.command, form.values), submitted=True, reason=reason), Message)
        _, answer = await here.kept()
    assert isinstance(answer, ParticipantMessage)
    assert answer.feedback == Rating(helped=False, reason="Too short.", at=AT)


async def test_an_answer_that_broke_off_asks_nothing(database: Database, nora: Person) -> None:
    async with world(database, Drops(("It stops",))) as here:
        assert asked_whether((await here.say(nora, "@Teacher what is a hook?")).messages[0]) is None
        assert asked_whether((await here.say(nora, "@Teacher")).messages[0]) is None, "nor does a greeting"


async def test_nobody_rates_what_another_asked(database: Database, nora: Person, people: People) -> None:
    omar = await people.meet(actor("omar"), AT)
    async with world(database) as here:
        ask = asked_whether((await here.say(nora, "@Teacher what is a hook?")).messages[0])
        assert ask is not None
        with pytest.raises(NotYours):
            await press(here, omar, ask.good)
