"""What answers while the model is overloaded, over the real client, each metered by itself."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from core.errors import ModelBrokeOff, ModelBusy, ModelDeclined, ModelKeyRefused, ModelTrouble, ModelWithoutWeb
from core.llm.calls import Round, ToolResult
from core.llm.claude import Claude
from core.llm.fallback import Fallback
from core.llm.metered import Metered
from core.llm.model import Brief, Counted, Finish, Payer, Turn, Usage, Use, Words
from core.llm.ports import Reserved, Spent
from core.llm.prices import Prices
from core.llm.web import web_tools
from tests.records import Time
from tests.scheduler.people import NORA
from tests.servers.claude import ClaudeServer, Drops, Fails, Refuses, Reply, Says, calls

SONNET, HAIKU = "claude-sonnet-5-5", "claude-haiku-5-5"
AT_ONCE = {"retry-after-ms": "1"}
BUSY = (Refuses(529, AT_ONCE),) * 3
"""The SDK asks three times in all."""
BRIEF = Brief(turns=(Turn("person", "What is a hook?"),), question="What is a hook?", payer=Payer(NORA, Use.CHAT))


@dataclass(slots=True)
class Purse:
    """Implements `core.llm.ports.Purse`: what was held and what was paid, in millionths of a US dollar."""

    held: list[int] = field(default_factory=list)
    paid: list[int | None] = field(default_factory=list)

    async def reserve(self, payer: Payer, micros: int, at: datetime) -> Reserved:
        """Note it."""
        self.held.append(micros)
        return Reserved(f"hld_{len(self.held)}", micros, "2026-11-22", "2026-11")

    async def settle(self, payer: Payer, held: Reserved, spent: Spent | None, at: datetime) -> str:
        """Note it."""
        self.paid.append(spent.micros if spent else None)
        return ""


@dataclass(slots=True)
class Two:
    """A model with another behind it."""

    model: Fallback
    server: ClaudeServer
    purse: Purse

    @property
    def asked(self) -> list[str]:
        """Which models were asked, in order."""
        return [each["model"] for each in self.server.requests]

    async def heard(self, brief: Brief = BRIEF) -> tuple[str, str, Finish | None, ModelTrouble | None]:
        """What came, of which model, how it ended, and the trouble it ended with."""
        words, model, finish = "", "", None
        try:
            async with aclosing(self.model.answer(brief)) as chunks:
                async for chunk in chunks:
                    match chunk:
                        case Words():
                            words += chunk.text
                        case Counted():
                            model = chunk.model
                        case Finish():
                            finish = chunk
                        case _:
                            raise AssertionError(chunk)
        except ModelTrouble as trouble:
            return words, model, finish, trouble
        return words, model, finish, None


@asynccontextmanager
async def two(*replies: Reply) -> AsyncGenerator[Two]:
    async with ClaudeServer(*replies) as server:
        first, second = Claude("key", SONNET, server.url), Claude("key", HAIKU, server.url)
        purse, time = Purse(), Time()
        metered = [Metered(each, purse, Prices(), clock=time.now, wait=time.wait) for each in (first, second)]
        yield Two(Fallback(*metered), server, purse)
        await first.close()
        await second.close()


async def test_a_model_that_answers_is_the_only_one_asked() -> None:
    async with two(Says(("A hook.",))) as models:
        words, model, finish, trouble = await models.heard()
        assert (words, model, trouble, models.asked) == ("A hook.", SONNET, None, [SONNET])
        assert finish is not None
        assert finish.model == SONNET
        assert models.model.name == SONNET


async def test_an_overloaded_model_is_asked_three_times_and_then_the_other_answers_at_its_own_price() -> None:
    async with two(*BUSY, Says(("A hook.",))) as models:
        words, model, finish, trouble = await models.heard()
        assert (words, model, trouble) == ("A hook.", HAIKU, None)
        assert models.asked == [SONNET] * 3 + [HAIKU]
        assert finish is not None
        assert finish.model == HAIKU
        prices, usage = Prices(), Usage(read=12, written=7, cached=3, cache_written=4)
        assert models.purse.held == [prices.most(SONNET, BRIEF), prices.most(HAIKU, BRIEF)]
        assert models.purse.paid == [None, prices.cost(HAIKU, usage)]
        assert prices.cost(HAIKU, usage) != prices.cost(SONNET, usage)


async def test_an_overload_after_the_head_and_before_the_first_word_is_one_too() -> None:
    async with two(Fails(()), Says(("A hook.",))) as models:
        words, model, _, trouble = await models.heard()
        assert (words, model, trouble, models.asked) == ("A hook.", HAIKU, None, [SONNET, HAIKU])
        assert models.purse.paid[0], "what was read before it failed is paid"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Fails(("A hook ",)), ModelBusy),
        (Drops(("A hook ",)), ModelBrokeOff),
        (Refuses(401), ModelKeyRefused),
        (Says(("I will ",), stop="refusal"), ModelDeclined),
        (Says((), stop="refusal"), ModelDeclined),
    ],
)
async def test_whatever_else_goes_wrong_is_told_and_not_tried_with_the_other(reply: Reply, expected: type[ModelTrouble]) -> None:
    async with two(reply) as models:
        _, _, _, trouble = await models.heard()
        assert type(trouble) is expected
        assert models.asked == [SONNET]


@pytest.mark.parametrize("second", [BUSY, (Refuses(404),), (Refuses(400),), (Refuses(413),)])
async def test_where_the_other_cannot_answer_either_the_person_is_told_that_claude_is_overloaded(
    second: tuple[Reply, ...],
) -> None:
    async with two(*BUSY, *second) as models:
        _, _, _, trouble = await models.heard()
        assert type(trouble) is ModelBusy
        assert models.asked == [SONNET] * 3 + [HAIKU] * len(second)
        assert models.purse.paid == [None, None]


async def test_that_the_other_may_not_search_is_said_so_that_it_is_asked_without() -> None:
    refused = Refuses(400, says="claude-haiku-5-5 does not support web_search_20260318.")
    async with two(*BUSY, refused) as models:
        _, _, _, trouble = await models.heard(replace(BRIEF, tools=web_tools(("web_search",))))
        assert type(trouble) is ModelWithoutWeb


async def test_a_refusal_of_the_other_is_shown_as_such() -> None:
    async with two(*BUSY, Says(("I ",), stop="refusal")) as models:
        words, _, _, trouble = await models.heard()
        assert (words, type(trouble)) == ("I ", ModelDeclined)


async def test_the_other_is_not_given_what_the_first_thought_and_goes_on_to_the_end_by_itself() -> None:
    async with two(calls("read_module"), *BUSY, calls("read_module"), Says(("Here.",))) as models:
        brief = BRIEF
        for _ in range(2):
            _, _, finish, _ = await models.heard(brief)
            assert finish is not None
            results = tuple(ToolResult(each.id, "A hook stops the thumb.") for each in finish.calls)
            brief = replace(brief, rounds=(*brief.rounds, Round(finish.said, results, finish.model)))
        words, model, _, trouble = await models.heard(brief)
        assert (words, model, trouble) == ("Here.", HAIKU, None)
        assert models.asked == [SONNET, SONNET, SONNET, SONNET, HAIKU, HAIKU]
        kinds = [
            [block["type"] for block in message["content"]]
            for message in models.server.requests[-1]["messages"]
            if message["role"] == "assistant"
        ]
        assert kinds == [["tool_use"], ["thinking", "tool_use"]], "its own thoughts alone"
