"""How the work went, as the seams tell it: what came of each request, what an agent's turn came to, and what was paid."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import aiohttp
import pytest
from aiohttp import web

from bots.boundary import serve
from bots.features import catalog as every_command
from bots.overheard import heard_from
from bots.signalling import Counted, Signalling
from bots.web.noted import Delivered
from bots.web.server import serving
from core.errors import NotAllowed, StoreDown
from core.kpis.webhook import Answered, Credentials
from core.llm.model import Payer, Usage, Use
from core.llm.ports import Reserved, Spent
from core.request import Platform, Request
from core.signals import (
    Came,
    FiguresDelivered,
    ModelPaid,
    PageServed,
    PlatformCalled,
    RequestServed,
    Signal,
    TurnTaken,
)
from core.ui import Answer, Began, Card, Ended, Form, Grew, Live, Message, Text, Tone, Update
from tests.bots.doors import Says, asked, opened, said
from tests.scheduler.people import NORA

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BAD = Message(cards=(Card(body=(Text("No."),), tone=Tone.BAD),))
Handle: TypeAlias = Callable[[Request], Awaitable[Answer]]


class Whole(Says):
    """A door with every command of the product."""

    catalog = every_command()


class Book:
    """Signals as they come, and a clock that a test moves."""

    def __init__(self) -> None:
        self.signals: list[Signal] = []
        self.seconds = 0.0

    def door(self, handle: Handle) -> Signalling:
        """A door that answers like this."""
        return Signalling(Says(handle), self.signals.append, lambda: self.seconds)

    def about(self, answer: Answer) -> Signalling:
        """A door that answers this, after a second."""

        async def handle(request: Request) -> Answer:
            self.seconds += 1
            return answer

        return self.door(handle)

    @property
    def served(self) -> RequestServed:
        """The one request there was."""
        (found,) = [each for each in self.signals if isinstance(each, RequestServed)]
        return found

    @property
    def turns(self) -> list[Came]:
        """What came of each agent's turn."""
        return [each.came for each in self.signals if isinstance(each, TurnTaken)]


@pytest.mark.parametrize(
    ("answer", "came"),
    [
        (Message("Here."), Came.ANSWERED),
        (BAD, Came.REFUSED),
        (Form("kpi log", "Log", ()), Came.ASKED),
        (None, Came.PASSED),
    ],
)
async def test_what_came_of_a_request_is_told_by_what_the_person_sees(answer: Answer, came: Came) -> None:
    book = Book()
    assert await book.about(answer).handle(opened()) == answer
    assert book.served == RequestServed("opened", "", opened().actor.platform, came, 1.0)


async def test_a_command_is_named_as_the_catalogue_has_it_and_never_as_it_was_typed() -> None:
    book = Book()

    async def answer(request: Request) -> Answer:
        return Message("Here.")

    door = Signalling(Whole(answer), book.signals.append, lambda: 0.0)
    for request in (asked(), asked(command="KPI", words="log leads 240"), asked(command="the shop of Maria"), said()):
        await door.handle(request)
    names = [each.command for each in book.signals if isinstance(each, RequestServed)]
    assert names == ["run", "kpi log", "", ""]


async def test_what_nobody_expected_is_told_as_failed_and_still_answered() -> None:
    book = Book()

    async def broken(request: Request) -> Answer:
        raise ValueError("of Maria's shop")

    answer = await serve(book.door(broken), said())
    assert isinstance(answer, Message)
    assert book.served.came is Came.FAILED


async def test_what_is_broken_off_is_told_as_stopped() -> None:
    book, begun = Book(), asyncio.Event()

    async def endless(request: Request) -> Answer:
        begun.set()
        await asyncio.Event().wait()
        return None

    task = asyncio.create_task(book.door(endless).handle(said()))
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert book.served.came is Came.STOPPED


async def _grown(book: Book, *updates: Update, after: Exception | None = None) -> AsyncGenerator[Update, None]:
    for each in updates:
        book.seconds += 1
        yield each
    if after:
        raise after


async def test_an_answer_that_grows_is_told_of_at_its_end_with_when_its_first_words_came() -> None:
    book = Book()
    updates = _grown(book, Began(None), Grew("It "), Grew("stops."), Ended(Message("It stops.")), Began(None), Ended(BAD))
    live = await book.about(Live(updates, kept=True)).handle(said())
    assert isinstance(live, Live)
    assert live.kept
    assert not book.signals
    assert len([each async for each in live.updates]) == 6
    assert book.turns == [Came.ANSWERED, Came.REFUSED]
    assert (book.served.came, book.served.first_words, book.served.seconds) == (Came.REFUSED, 3.0, 7.0)


async def test_an_answer_that_nobody_draws_to_its_end_was_stopped_and_its_work_is_closed() -> None:
    book = Book()
    updates = _grown(book, Began(None), Grew("It "), Grew("stops."))
    live = await book.about(Live(updates)).handle(said())
    assert isinstance(live, Live)
    await anext(live.updates)
    await live.updates.aclose()
    assert (book.turns, book.served.came) == ([Came.STOPPED], Came.STOPPED)
    with pytest.raises(StopAsyncIteration):
        await anext(updates)


async def test_an_answer_that_breaks_was_failed() -> None:
    book = Book()
    live = await book.about(Live(_grown(book, Began(None), after=ValueError()))).handle(said())
    assert isinstance(live, Live)
    with pytest.raises(ValueError, match=r"^$"):
        [each async for each in live.updates]
    assert (book.turns, book.served.came) == ([Came.FAILED], Came.FAILED)


class Till:
    """Implements `core.llm.ports.Purse`; away until it is back."""

    def __init__(self) -> None:
        self.away = True

    async def reserve(self, payer: Payer, micros: int, at: datetime) -> Reserved:
        """Whatever is wanted."""
        return Reserved("hld_1", micros, "2026-03-02", "2026-03")

    async def settle(self, payer: Payer, held: Reserved, spent: Spent | None, at: datetime) -> str:
        """Keep it, if it can be."""
        if self.away:
            raise StoreDown()
        return "told"


async def test_what_a_model_cost_is_told_once_it_is_kept() -> None:
    signals: list[Signal] = []
    till = Till()
    purse, payer = Counted(till, "claude-sonnet-5-5", signals.append), Payer(NORA, Use.CHAT)
    held = await purse.reserve(payer, 10, NOON)
    spent = Spent(Usage(read=10, written=20, cached=5, searches=1), 420)
    with pytest.raises(StoreDown):
        await purse.settle(payer, held, spent, NOON)
    assert not signals
    till.away = False
    assert await purse.settle(payer, held, spent, NOON) == "told"
    assert await purse.settle(payer, held, None, NOON) == "told"
    tokens = {"read": 10, "written": 20, "cached": 5, "cache_written": 0}
    assert signals == [ModelPaid("claude-sonnet-5-5", "chat", tokens, 420)]


class Desk:
    """Implements `bots.web.ingest.Takes`."""

    def __init__(self, *answers: Answered | Exception) -> None:
        self.answers = list(answers)

    async def take(self, webhook_id: str, given: Credentials, body: bytes, key: str, at: datetime) -> Answered:
        """The next answer."""
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_each_delivery_of_figures_is_told_by_its_answer() -> None:
    signals: list[Signal] = []
    desk = Delivered(Desk(Answered(200, {}), StoreDown(), Answered(401, {})), signals.append)
    for trouble in (None, StoreDown, None):
        try:
            await desk.take("whk_1", Credentials(), b"{}", "", NOON)
        except StoreDown:
            assert trouble is StoreDown
    assert signals == [FiguresDelivered(200), FiguresDelivered(503), FiguresDelivered(401)]


async def test_a_page_is_told_by_its_template_and_what_is_none_of_ours_by_one_name() -> None:
    signals: list[Signal] = []

    async def page(request: web.Request) -> web.Response:
        if request.match_info["who"] == "nobody":
            raise NotAllowed()
        if request.match_info["who"] == "gone":
            raise web.HTTPGone
        return web.Response(text="ok")

    async with (
        serving([web.get("/of/{who}", page)], "127.0.0.1", 0, note=signals.append) as address,
        aiohttp.ClientSession() as session,
    ):
        for path in ("/of/maria", "/of/gone", "/of/nobody", "/maria", "/of/maria"):
            method = "PURGE" if path == "/maria" else "GET"
            async with session.request(method, f"{address}{path}") as answer:
                await answer.read()
    told = [(each.route, each.method, each.status) for each in signals if isinstance(each, PageServed)]
    page_told = ("/of/{who}", "GET")
    assert told == [(*page_told, 200), (*page_told, 410), (*page_told, 500), ("none", "other", 404), (*page_told, 200)]


async def test_each_answer_of_a_platform_is_told_with_the_pause_that_it_asks_for() -> None:
    signals: list[Signal] = []
    pauses = iter(("3", "0.5", "soon", "-1", "nan", "1e9", ""))

    async def limited(request: web.Request) -> web.Response:
        if request.path == "/well":
            return web.Response(headers={"Retry-After": "7"})
        return web.Response(status=429, headers={"Retry-After": next(pauses)})

    async with (
        serving([web.get("/well", limited), web.get("/limited", limited)], "127.0.0.1", 0) as address,
        aiohttp.ClientSession(trace_configs=[heard_from(Platform.SLACK, signals.append)]) as session,
    ):
        for path in ("well", *["limited"] * 7):
            async with session.get(f"{address}/{path}") as answer:
                await answer.read()
    told = [(each.status, each.pause) for each in signals if isinstance(each, PlatformCalled)]
    assert told == [(200, None), *((429, pause) for pause in (3.0, 0.5, 0.0, 0.0, 0.0, 3600.0, 0.0))]
