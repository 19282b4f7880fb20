"""Forms that a person fills in, through the real discord.py: pages, problems, and a record that goes away meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import discord
import pytest

from bots.desk import Desk
from bots.discord import interactions
from bots.discord.arrived import Origin, Submitted, Turned
from bots.discord.filling import Filling
from bots.discord.modals import Modals
from bots.discord.replies import Reply
from bots.discord.views import Layout
from bots.reception import Reception
from core.request import Asked, Event, Left, Request
from core.ui import Answer, Field, Form, Kind, Message
from persistence.embedded import open_embedded
from persistence.inbox import InboxRecord
from persistence.shown import ShownRecord
from tests.bots.discord.sending import Sent
from tests.bots.doors import Says
from tests.bots.passing import Time, until
from tests.records import Outage
from tests.servers.discord.faulty import Fault
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel

SHORT = Form("plan", "Your plan", (Field("aim", "Aim"), Field("weeks", "Weeks", Kind.NUMBER)), {"seen": "7"})
FIELDS = tuple(Field(f"f{number}", f"Field {number}", required=False) for number in range(12))
LONG = Form("plan", "Your plan", FIELDS, {"asset": "a"}, intro="Leave empty what you like.")


class Shop:
    """A desk with one form: what the core was asked, and everything that forms need, over a record that can go away."""

    def __init__(self, sent: Sent, record: Outage, form: Form) -> None:
        self.sent = sent
        self.record = record
        self.form = form
        self.time = Time(flies=False)
        self.asked: list[Asked] = []
        self.left: list[Left] = []
        self.deferred = self.twice = False
        self.pause = asyncio.Event()
        self.pause.set()
        self.reception = Reception(Says(self.handle), InboxRecord(record), owner="one", now=self.time.now, wait=self.time.wait)
        self.desk = Desk()
        self.modals = Modals(ShownRecord(record), now=self.time.now)
        self.filling = Filling(self.reception, desk=self.desk, modals=self.modals, showing=self, wait=self.time.wait)

    async def handle(self, request: Request) -> Answer:
        """The core: weeks are a number."""
        if isinstance(request, Left):
            self.left.append(request)
        if not isinstance(request, Asked):
            return None
        await self.pause.wait()
        self.asked.append(request)
        problems = {name: "Not a number." for name in ("weeks", "f2", "f9") if request.values.get(name) == "many"}
        if problems:
            return Form(self.form.command, self.form.title, self.form.fields, request.values, problems)
        return Message("Your plan is kept.", private=True)

    async def show(self, answer: Answer, origin: Origin, event: Event, *, key: str, reply: Reply | None) -> None:
        """Show a message; a form that nothing leads to any more is only named."""
        shown = answer if isinstance(answer, Message) else Message(f"Open it: {answer.title}" if isinstance(answer, Form) else "")
        await self.sent.messenger.answer(origin, shown, key, reply)

    def tell(self, kind: str, payload: Any, guild: str | None) -> None:
        """What the gateway would tell."""
        if kind == "INTERACTION_CREATE":
            for _ in range(1 + self.twice):
                self.desk.begin(self.used(discord.Interaction(data=payload, state=self.sent.client._connection)))

    async def used(self, came: discord.Interaction) -> None:
        """Somebody pressed something, or sent a page."""
        arrived = interactions.interaction(came, home="", on_message={}, at=self.time.now())
        assert arrived is not None
        reply = Reply(came, self.sent.time.now, self.sent.means.responses)
        match arrived.wish:
            case Turned() as turned:
                await self.filling.turned(turned, arrived.origin, reply)
            case Submitted() as page:
                await self.filling.sent(page, arrived.origin, reply)
            case wish:
                if self.deferred:
                    await reply.defer(hidden=True)
                assert await self.modals.open(self.form, arrived.origin, wish.actor, reply)

    async def offers(self, room: Channel) -> None:
        """A message whose button asks for the form."""
        button = {"type": 2, "style": 1, "label": "Plan", "custom_id": "plan!"}
        layout = Layout(({"type": 10, "content": "A card."}, {"type": 1, "components": [button]}))
        await self.sent.client.get_partial_messageable(int(room.id)).send(view=layout)


@pytest.fixture
async def shop(sent: Sent, discord_server: DiscordServer, room: Channel, tmp_path: Path) -> AsyncGenerator[Shop, None]:
    database = await open_embedded(tmp_path)
    await database.prepare()
    made = Shop(sent, Outage(database), SHORT)
    discord_server.world.tell = made.tell
    await made.offers(room)
    yield made
    await made.desk.close(5.0, made.reception.leave)
    await made.reception.close()
    await database.close()


async def settled(shop: Shop) -> None:
    """Everything that was begun is done."""
    async with asyncio.timeout(10):
        await shop.desk.rest()


def said(who: Person) -> str:
    """The last message that this person sees."""
    return who.last.text


async def test_a_form_of_one_page_is_sent_and_answered(shop: Shop, maria: Person, room: Channel) -> None:
    await maria.presses("Plan")
    await maria.submits({"Aim": "Ten jars", "Weeks": "4"})
    await settled(shop)
    assert (said(maria), maria.last.ephemeral) == ("Your plan is kept.", True)
    (asked,) = shop.asked
    assert (asked.values, asked.submitted) == ({"aim": "Ten jars", "weeks": "4", "seen": "7"}, True)
    assert maria.messages(room)[0].text.startswith("A card."), "where a form was asked for, nothing is changed"
    assert shop.left == []


async def test_pages_follow_each_other_in_one_message_and_what_was_typed_is_a_draft(shop: Shop, maria: Person) -> None:
    shop.form = LONG
    await maria.presses("Plan")
    await maria.submits({"Field 0": "zero"})
    first = maria.last
    assert "Page 2 of 3: Field 4" in first.text
    assert (first.ephemeral, first.buttons) == (True, ("Go on: page 2 of 3", "Send it as it is", "Back to page 1"))
    await settled(shop)
    assert (shop.left[0].values, shop.left[0].about) == ({"f0": "zero"}, {"asset": "a"})
    await maria.presses("Back to page 1")
    assert maria.modal is not None
    assert maria.modal.field("Field 0").value == "zero"
    await maria.submits({"Field 1": "one"})
    await maria.presses("Go on: page 2 of 3")
    await maria.submits({"Field 4": "four"})
    assert (maria.last.id, "Page 3 of 3" in said(maria)) == (first.id, True)
    await maria.presses("Go on: page 3 of 3")
    await maria.submits({"Field 11": "end"})
    await settled(shop)
    assert [each.text for each in maria.answers if each.ephemeral] == ["**Your plan**\nSent.", "Your plan is kept."]
    typed = {name: value for name, value in shop.asked[0].values.items() if value}
    assert typed == {"f0": "zero", "f1": "one", "f4": "four", "f11": "end", "asset": "a"}
    assert len({each.id for each in shop.left}) == len(shop.left) == 3


async def test_a_form_is_sent_before_its_last_page_where_the_rest_may_stay_empty(shop: Shop, maria: Person) -> None:
    shop.form = LONG
    await maria.presses("Plan")
    await maria.submits({"Field 0": "zero"})
    await maria.presses("Send it as it is")
    await settled(shop)
    assert [each.text for each in maria.answers if each.ephemeral] == ["**Your plan**\nSent.", "Your plan is kept."]
    assert {name: value for name, value in shop.asked[0].values.items() if value} == {"f0": "zero", "asset": "a"}
    assert shop.asked[0].submitted


async def test_a_form_that_comes_back_is_filled_in_where_it_is_wrong(shop: Shop, maria: Person) -> None:
    await maria.presses("Plan")
    await maria.submits({"Aim": "Ten jars", "Weeks": "many"})
    await settled(shop)
    assert "Weeks: Not a number." in said(maria)
    assert shop.left[0].values == {"aim": "Ten jars", "weeks": "many"}
    wrong = maria.last
    await maria.presses("Fix it")
    assert maria.modal is not None
    field = maria.modal.field("Weeks")
    assert (field.value, field.description) == ("many", "Not a number.")
    await maria.submits({"Weeks": "many"})
    assert maria.last.id == wrong.id, "the same message says it again"
    await maria.presses("Fix it")
    await maria.submits({"Weeks": "4"})
    await settled(shop)
    assert said(maria) == "Your plan is kept."
    assert shop.asked[-1].values == {"aim": "Ten jars", "weeks": "4", "seen": "7"}


async def test_only_the_pages_with_something_wrong_are_gone_through_again(shop: Shop, maria: Person) -> None:
    shop.form = LONG
    await maria.presses("Plan")
    await maria.submits({"Field 2": "many"})
    await maria.presses("Go on: page 2 of 3")
    await maria.submits()
    await maria.presses("Go on: page 3 of 3")
    await maria.submits({"Field 9": "many"})
    await settled(shop)
    await maria.presses("Fix it")
    await maria.submits({"Field 2": "2"})
    assert "Field 9: Not a number." in said(maria)
    assert "Field 2" not in said(maria)
    await maria.presses("Fix it")
    await maria.submits({"Field 9": "9"})
    await settled(shop)
    assert {name: value for name, value in shop.asked[-1].values.items() if value} == {"f2": "2", "f9": "9", "asset": "a"}


@pytest.mark.parametrize("form", [SHORT, LONG])
async def test_what_was_typed_while_the_record_was_away_is_there_again(shop: Shop, maria: Person, form: Form) -> None:
    shop.form = form
    await maria.presses("Plan")
    label = form.fields[0].label
    shop.record.down = True
    await maria.submits({label: "Ten jars", **({"Weeks": "4"} if form is SHORT else {})})
    assert "cannot be reached just now" in said(maria)
    assert "What you typed is not lost" in said(maria)
    assert maria.last.buttons == ("Try again",)
    await maria.presses("Try again")
    assert maria.modal is None
    assert "cannot be reached just now" in said(maria)
    shop.record.down = False
    await maria.presses("Try again")
    assert maria.modal is not None
    assert maria.modal.field(label).value == "Ten jars"
    await maria.submits()
    await settled(shop)
    if form is SHORT:
        assert shop.asked[0].values == {"aim": "Ten jars", "weeks": "4", "seen": "7"}
    else:
        assert shop.left[0].values == {"f0": "Ten jars"}


async def test_what_is_held_is_forgotten_after_an_hour(shop: Shop, maria: Person) -> None:
    await maria.presses("Plan")
    shop.record.down = True
    await maria.submits({"Aim": "Ten jars", "Weeks": "4"})
    shop.record.down = False
    await settled(shop)
    shop.time.passes(3_600)
    await maria.presses("Try again")
    assert maria.modal is not None
    assert maria.modal.field("Aim").value == ""


async def test_a_form_that_is_gone_is_said_to_be(shop: Shop, maria: Person) -> None:
    shop.form = LONG
    await maria.presses("Plan")
    await maria.submits()
    await maria.presses("Go on: page 2 of 3")
    await settled(shop)
    await shop.record.collection("shown").delete({})
    await maria.submits()
    assert said(maria) == "I do not have this form any more. Please ask for it again."
    assert maria.troubles == []


async def test_an_answer_that_takes_its_time_is_deferred(shop: Shop, maria: Person) -> None:
    shop.pause.clear()
    await maria.presses("Plan")
    sending = asyncio.create_task(maria.submits({"Aim": "Ten jars", "Weeks": "4"}))
    await until(lambda: shop.time.sleepers > 1)
    shop.time.passes(0.8)
    await sending
    assert maria.last.thinking
    shop.pause.set()
    await settled(shop)
    assert (said(maria), maria.last.thinking, maria.last.ephemeral) == ("Your plan is kept.", False, True)


async def test_a_slow_answer_to_what_a_message_led_to_goes_on_in_the_message(shop: Shop, maria: Person) -> None:
    await maria.presses("Plan")
    await maria.submits({"Aim": "Ten jars", "Weeks": "many"})
    await settled(shop)
    wrong = maria.last
    await maria.presses("Fix it")
    shop.pause.clear()
    sending = asyncio.create_task(maria.submits({"Aim": "Six jars"}))
    await until(lambda: shop.time.sleepers > 1)
    shop.time.passes(0.8)
    await sending
    shop.pause.set()
    await settled(shop)
    assert (maria.last.id, said(maria)) == (wrong.id, wrong.text)
    await maria.presses("Fix it")
    assert maria.modal is not None
    assert maria.modal.field("Aim").value == "Six jars"


async def test_after_a_defer_a_message_leads_to_the_form(shop: Shop, maria: Person) -> None:
    shop.deferred = True
    await maria.presses("Plan")
    await settled(shop)
    assert said(maria) == "**Your plan**\nAim, Weeks\n[Fill it in]"
    assert maria.last.ephemeral
    await maria.presses("Fill it in")
    await maria.submits({"Aim": "Ten jars", "Weeks": "4"})
    await settled(shop)
    assert said(maria) == "Your plan is kept."


async def test_a_page_that_is_delivered_twice_is_answered_once(shop: Shop, maria: Person) -> None:
    await maria.presses("Plan")
    shop.twice = True
    await maria.submits({"Aim": "Ten jars", "Weeks": "4"})
    await settled(shop)
    assert len(shop.asked) == 1
    assert [each.text for each in maria.answers].count("Your plan is kept.") == 1


async def test_where_the_reply_is_lost_the_way_on_is_an_ordinary_message(
    shop: Shop, discord_server: DiscordServer, maria: Person
) -> None:
    shop.form = LONG
    await maria.presses("Plan")
    discord_server.fail(Fault("POST", r"/callback$", status=404, code=10062))
    maria.patience = 0.2
    await maria.submits({"Field 0": "zero"})
    await settled(shop)
    assert "Open it: Your plan" in said(maria)
    assert shop.left[0].values == {"f0": "zero"}
