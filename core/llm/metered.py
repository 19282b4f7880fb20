"""A model that is paid for: every answer is reserved before it is asked for, and settled when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog

from core.errors import StoreDown, StoreFull, StoreTrouble
from core.holding import Wait, surely
from core.llm.model import Brief, Chunk, Cited, Counted, Finish, Model, Usage, Words, Working
from core.llm.ports import Purse, Reserved, Spent
from core.llm.prices import BYTES_OF_A_TOKEN, Prices

log = structlog.get_logger()


@dataclass(slots=True)
class _Bill:
    """What one answer has cost so far. `bytes`: of its words, while it is not over."""

    brief: Brief
    held: Reserved
    counted: Usage = field(default_factory=Usage)
    bytes: int = 0

    def end(self, usage: Usage) -> None:
        """It came to its end, and cost this; where nothing was counted, it broke off."""
        if usage != Usage():
            self.counted, self.bytes = usage, 0

    @property
    def usage(self) -> Usage:
        """As counted; what came without being counted, as in an answer that broke off, is taken for rather too much."""
        return replace(self.counted, written=max(self.counted.written, self.bytes // BYTES_OF_A_TOKEN))


class Metered:
    """Implements `core.llm.model.Model` with another: the one that features are given. The practice model costs nothing."""

    def __init__(self, model: Model, purse: Purse, prices: Prices, *, clock: Callable[[], datetime], wait: Wait) -> None:
        self.name = model.name
        self.practice = model.practice
        self._model = model
        self._purse = purse
        self._prices = prices
        self._clock = clock
        self._wait = wait
        self._settling: set[asyncio.Task[str]] = set()

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The other's answer, and at its end what it cost and what the person is to be told.

        Raises:
            ModelTrouble: of the other, or there is no money left.
            StoreTrouble: whether there is, cannot be told.
        """
        if self.practice:
            async with aclosing(self._model.answer(brief)) as chunks:
                async for chunk in chunks:
                    yield chunk
            return
        held = await self._purse.reserve(brief.payer, self._prices.most(self.name, brief), self._clock())
        bill, over = _Bill(brief, held), False
        try:
            async with aclosing(self._model.answer(brief)) as chunks:
                async for chunk in chunks:
                    match chunk:
                        case Counted():
                            bill.counted = chunk.usage
                            yield chunk
                        case Words():
                            bill.bytes += len(chunk.text.encode())
                            yield chunk
                        case Cited() | Working():
                            yield chunk
                        case Finish():
                            bill.end(chunk.usage)
                            over = True
                            spent = self._spent(bill)
                            note = await self._settled(bill, spent)
                            yield replace(chunk, micros=spent.micros if spent else None, note=note)
        finally:
            if not over:
                await self._settled(bill, self._spent(bill))

    async def check(self) -> str:
        """What answers, in words. Raises what the other raises."""
        return await self._model.check()

    async def close(self) -> None:
        """Give up what could not be settled yet."""
        for each in self._settling:
            each.cancel()
        await asyncio.gather(*self._settling, return_exceptions=True)

    def _spent(self, bill: _Bill) -> Spent | None:
        usage = bill.usage
        return None if usage == Usage() else Spent(usage, self._prices.cost(self.name, usage))

    async def _settled(self, bill: _Bill, spent: Spent | None) -> str:
        """Settle it to the end, though the person stop waiting. A record that is away breaks off no answer: it is told later."""

        async def settle() -> str:
            return await self._purse.settle(bill.brief.payer, bill.held, spent, self._clock())

        async def once() -> str:
            try:
                return await settle()
            except StoreTrouble as trouble:
                log.warning("usage not settled", held=bill.held.id, trouble=type(trouble).__name__)
                if isinstance(trouble, StoreDown | StoreFull):
                    self._begun(surely(settle, self._wait))
                return ""

        return await asyncio.shield(self._begun(once()))

    def _begun(self, work: Coroutine[Any, Any, str]) -> asyncio.Task[str]:
        task = asyncio.create_task(work)
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        return task
