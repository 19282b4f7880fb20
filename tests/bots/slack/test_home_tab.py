"""The home tab: few publishes for many changes, the last state wins, and a page that cannot be had keeps nobody waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bots.slack.home import Homes, Tab
from bots.slack.posts import Block
from core import plain
from core.errors import StoreDown
from core.request import Actor, Platform, Request
from core.ui import Answer, Card, Page, Text
from tests.bots.doors import Says
from tests.bots.passing import Time, until
from tests.bots.slack.sending import Sent
from tests.servers.slack import Person, SlackServer


class Shown:
    """What everybody's page is: `state`, by the account."""

    def __init__(self) -> None:
        self.state: dict[str, str] = {}
        self.drawn = 0

    async def page(self, request: Request) -> Answer:
        self.drawn += 1
        state = self.state.get(request.actor.user, "nothing yet")
        if state == "boom":
            raise ZeroDivisionError
        if state == "away":
            raise StoreDown
        return Page("Home", (Card("State", (Text(state),)),))


def draw(page: Page) -> Block:
    words = plain.page(page)
    if "undrawable" in words:
        raise ValueError("a page that cannot be drawn")
    return {"type": "home", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": words}}]}


@asynccontextmanager
async def publishing(sent: Sent, shown: Shown, time: Time) -> AsyncGenerator[Homes]:
    homes = Homes(Says(shown.page), sent.api, draw=draw, now=sent.time.now, wait=time.wait)
    running = asyncio.create_task(homes.run())
    try:
        yield homes
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def actor(person: Person) -> Actor:
    return Actor(Platform.SLACK, person.team.id, person.id, "Maria")


def published(slack: SlackServer, person: Person) -> int:
    return sum(each["user_id"] == person.id for each in slack.called("views.publish"))


async def until_it_shows(person: Person, words: str) -> None:
    await until(lambda: words in person.home)


async def test_fifty_changes_at_once_are_published_together_and_the_last_state_wins(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    shown, time = Shown(), Time(flies=False)
    async with publishing(sent, shown, time) as homes:
        for number in range(50):
            shown.state[maria.id] = f"change {number}"
            homes.changed(actor(maria))
            await asyncio.sleep(0)
        time.passes(1)
        await until_it_shows(maria, "change 49")
        await until(lambda: time.sleepers == 0)
    assert published(slack, maria) == 1


async def test_changes_while_a_page_is_on_its_way_are_not_lost(sent: Sent, slack: SlackServer, maria: Person) -> None:
    shown, time = Shown(), Time()
    slack.fail("views.publish", delay=0.05)
    async with publishing(sent, shown, time) as homes:
        for number in range(50):
            shown.state[maria.id] = f"change {number}"
            homes.changed(actor(maria))
            await asyncio.sleep(0)  # they come while the slow answer is awaited
        await until_it_shows(maria, "change 49")
    assert published(slack, maria) < 50


async def test_whoever_looks_goes_first_and_what_stays_the_same_is_not_published_again(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    shown, time, nora = Shown(), Time(flies=False), slack.person("Nora")
    async with publishing(sent, shown, time) as homes:
        homes.changed(actor(nora))
        homes.opened(actor(maria), Tab())
        await until_it_shows(nora, "nothing yet")
        assert [each["user_id"] for each in slack.called("views.publish")] == [maria.id, nora.id]
        view = slack.world.homes[maria.id]
        homes.opened(actor(maria), Tab(view.shown["private_metadata"], view.hash))
        await until(lambda: shown.drawn == 3)
        await slack.settled()
    assert published(slack, maria) == 1


async def test_whoever_was_only_told_something_has_the_page_drawn_anew_after_a_minute_and_not_before(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    shown, time, nora, lea = Shown(), Time(), slack.person("Nora"), slack.person("Lea")
    async with publishing(sent, shown, time) as homes:
        homes.told(actor(maria))
        homes.changed(actor(nora))
        await until_it_shows(nora, "nothing yet")  # and so Maria's is over
        shown.state[maria.id] = "changed by somebody else"
        homes.told(actor(maria))
        homes.changed(actor(lea))
        await until_it_shows(lea, "nothing yet")
        assert shown.drawn == 3
        sent.time.passes(60)
        homes.told(actor(maria))
        await until_it_shows(maria, "changed by somebody else")


async def test_a_tab_that_another_process_has_changed_meanwhile_is_drawn_anew(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    shown, time = Shown(), Time()
    async with publishing(sent, shown, time) as homes:
        homes.opened(actor(maria), Tab())
        await until_it_shows(maria, "nothing yet")
        shown.state[maria.id] = "later"
        homes.opened(actor(maria), Tab("old", "1.older"))
        await until_it_shows(maria, "later")
    assert "hash_conflict" in [each.error for each in slack.refusals]


@pytest.mark.parametrize("state", ["boom", "away", "undrawable"])
async def test_a_page_that_cannot_be_drawn_keeps_nobody_else_waiting(
    sent: Sent, slack: SlackServer, maria: Person, state: str
) -> None:
    shown, time, nora = Shown(), Time(), slack.person("Nora")
    shown.state[maria.id] = state
    async with publishing(sent, shown, time) as homes:
        homes.opened(actor(maria), Tab())
        homes.opened(actor(nora), Tab())
        await until_it_shows(nora, "nothing yet")
        assert not maria.home
        shown.state[maria.id] = "well again"
        homes.changed(actor(maria))
        await until_it_shows(maria, "well again")


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop": "before"}, {"status": 429, "retry_after": 90}], ids=str)
async def test_what_slack_did_not_take_just_now_is_published_later(
    sent: Sent, slack: SlackServer, maria: Person, fault: dict[str, object]
) -> None:
    shown, time, nora = Shown(), Time(flies=False), slack.person("Nora")
    fails: Callable[..., None] = slack.fail
    fails("views.publish", times=3, when=lambda args: args["user_id"] == maria.id, **fault)
    async with publishing(sent, shown, time) as homes:
        with capture_logs() as logged:
            homes.opened(actor(maria), Tab())
            homes.opened(actor(nora), Tab())
            await until_it_shows(nora, "nothing yet")
            assert not maria.home
            for _ in range(10):
                await until(lambda: time.sleepers == 1 or bool(maria.home))
                time.passes(60)
            await until_it_shows(maria, "nothing yet")
    assert {"home not published"} <= {each["event"] for each in logged}
