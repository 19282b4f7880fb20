"""A private answer in a place of several people can be shared by its asker, and by nobody else."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

import pytest

from core import plain
from core.errors import NotFound
from core.inbox import row_of
from core.parcels import pack_message
from core.people.model import Person
from core.request import Actor, Event, File, Platform
from core.sharing.model import Shown
from core.sharing.service import SHARE, Sharing, to_share
from core.ui import (
    Answer,
    Began,
    Button,
    Buttons,
    Call,
    Card,
    Ended,
    Feedback,
    Form,
    Grew,
    Link,
    Live,
    Menu,
    Message,
    Page,
    Picture,
    Text,
    Tone,
    Update,
)
from persistence.documents import Database
from persistence.shown import ShownRecord
from tests.core.conftest import ADDRESS, AT, actor

SAVED = Message("Here it is.", (Card("Your Foundation", (Text("Ceramic jars"),)),), private=True)
AMONG_OTHERS = Event(id="ev1", actor=actor(), address=ADDRESS, at=AT, direct=False)


@pytest.fixture
def store(database: Database) -> ShownRecord:
    return ShownRecord(database)


@pytest.fixture
def sharing(store: ShownRecord) -> Sharing:
    return Sharing(store)


async def settled(store: ShownRecord, answer: Answer) -> None:
    """Keep what the answer shares, as whoever settles its event does."""
    kept = Shown(
        id=row_of(actor().platform, AMONG_OTHERS.id), identity=actor().identity, parcel=to_share(answer) or "", shown_at=AT
    )
    await store.keep(kept)


def offer(message: Message) -> str:
    """What the button under the message would share, or nothing."""
    calls = [
        item.call
        for card in message.cards
        for element in card.body
        if isinstance(element, Buttons)
        for item in element.items
        if isinstance(item, Button)
    ]
    return next((str(call.values["shown"]) for call in calls if call.command == SHARE), "")


async def growing(last: Message = SAVED) -> AsyncGenerator[Update, None]:
    yield Began(None)
    yield Grew("Here ")
    yield Ended(last)


async def test_a_private_answer_among_others_can_be_shared_as_it_was(sharing: Sharing, store: ShownRecord, nora: Person) -> None:
    offered = sharing.offered(SAVED, AMONG_OTHERS)
    assert isinstance(offered, Message)
    assert offered.private
    assert offered.cards[:-1] == SAVED.cards
    assert to_share(offered) == pack_message(SAVED)
    await settled(store, offered)
    shared = await sharing.shared(nora, actor().identity, offer(offered))
    assert shared == replace(SAVED, text="Shared by Nora\n\nHere it is.", private=False)


async def test_a_private_answer_that_grows_can_be_shared_at_its_end(sharing: Sharing, nora: Person) -> None:
    offered = sharing.offered(Live(growing(), private=True), AMONG_OTHERS)
    assert isinstance(offered, Live)
    async with aclosing(offered.updates) as updates:
        came = [update async for update in updates]
    assert came[:2] == [Began(None), Grew("Here ")]
    assert isinstance(came[-1], Ended)
    assert (await sharing.shared(nora, actor().identity, offer(came[-1].message))).cards == SAVED.cards


async def test_closing_what_grows_closes_what_is_behind_it(sharing: Sharing) -> None:
    closed = False

    async def endless() -> AsyncGenerator[Update, None]:
        nonlocal closed
        try:
            while True:
                yield Grew("on and on ")
        finally:
            closed = True

    offered = sharing.offered(Live(endless(), private=True), AMONG_OTHERS)
    assert isinstance(offered, Live)
    async for _ in offered.updates:
        break
    await offered.updates.aclose()
    assert closed


@pytest.mark.parametrize(
    ("answer", "event"),
    [
        (SAVED, replace(AMONG_OTHERS, direct=True)),
        (replace(SAVED, private=False), AMONG_OTHERS),
        (Message(cards=(Card(body=(Text("No such cell."),), tone=Tone.BAD),), private=True), AMONG_OTHERS),
        (Message(cards=(Card(body=(Text("Saved."),), tone=Tone.GOOD),), private=True), AMONG_OTHERS),
        (Message(cards=(Card(body=(Buttons((Button("Go", Call("go")),)),)),), private=True), AMONG_OTHERS),
        (Form("note", "Note", ()), AMONG_OTHERS),
        (Page("Home", ()), AMONG_OTHERS),
        (None, AMONG_OTHERS),
        (Message("x", files=(File("a.zip", "application/zip", b"x" * 1_000_000),), private=True), AMONG_OTHERS),
    ],
    ids=["alone", "seen by all", "trouble", "done", "only buttons", "form", "page", "nothing", "too large to keep"],
)
async def test_what_is_no_private_answer_among_others_stays_as_it_is(sharing: Sharing, answer: Message, event: Event) -> None:
    assert sharing.offered(answer, event) == answer


async def test_a_live_answer_for_everybody_stays_as_it_is(sharing: Sharing) -> None:
    for everybody in (replace(SAVED, private=False), Message("Here it is.")):
        offered = sharing.offered(Live(growing(everybody)), AMONG_OTHERS)
        assert isinstance(offered, Live)
        assert [each async for each in offered.updates][-1] == Ended(everybody)


async def test_what_one_person_alone_is_told_within_a_live_answer_can_be_shared(sharing: Sharing, nora: Person) -> None:
    offered = sharing.offered(Live(growing()), AMONG_OTHERS)
    assert isinstance(offered, Live)
    last = [each async for each in offered.updates][-1]
    assert isinstance(last, Ended)
    assert "Shared by Nora" in (await sharing.shared(nora, actor().identity, offer(last.message))).text


async def test_what_only_its_owner_may_press_is_not_shared(sharing: Sharing, store: ShownRecord, nora: Person) -> None:
    picture = Picture("A jar", File("jar.png", "image/png", b"png"))
    whole = Message(
        cards=(
            Card(
                "Run H1",
                (Text("Draft"), Buttons((Button("Keep it", Call("assets add")), Link("The lesson", "https://example.org")))),
            ),
            Card(body=(Menu("Step", (Button("Hook", Call("step")),)), Feedback(Call("good"), Call("bad")))),
            Card(image=picture),
        ),
        private=True,
    )
    offered = sharing.offered(whole, AMONG_OTHERS)
    assert isinstance(offered, Message)
    await settled(store, offered)
    shared = await sharing.shared(nora, actor().identity, offer(offered))
    assert shared.cards == (
        Card("Run H1", (Text("Draft"), Buttons((Link("The lesson", "https://example.org"),)))),
        Card(image=picture),
    )
    assert "Keep it" not in plain.message(shared)


async def test_nobody_shares_what_another_account_was_shown(sharing: Sharing, store: ShownRecord, nora: Person) -> None:
    offered = sharing.offered(SAVED, AMONG_OTHERS)
    assert isinstance(offered, Message)
    await settled(store, offered)
    for identity in (actor("omar").identity, Actor(Platform.SLACK, "T1", "nora", "Nora").identity):
        with pytest.raises(NotFound, match="any more"):
            await sharing.shared(nora, identity, offer(offered))
    with pytest.raises(NotFound):
        await sharing.shared(nora, actor().identity, "shn_other")
