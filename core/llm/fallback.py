"""Another model in the place of one that is overloaded."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from core.errors import ModelBusy, ModelTrouble, ModelWithoutWeb
from core.llm.model import Brief, Chunk, Counted, Model

log = structlog.get_logger()


class Fallback:
    """Implements `core.llm.model.Model` with two others: where the first is overloaded, the second answers, once.

    That is so only before anything of an answer came: what people have begun to read is never begun anew. An answer in which the
    second has used tools already is its own to the end, since what a model thought is signed for that model alone. Each of the
    two is to be metered by itself, so that each answer is held and paid for at the price of the model that gives it.
    """

    def __init__(self, first: Model, second: Model) -> None:
        self.name = first.name
        self.practice = first.practice
        self._first = first
        self._second = second

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The first's answer, or the second's.

        Raises:
            ModelTrouble: what the one that answers raises; that the first is overloaded, where the second cannot answer either,
                unless it only may not search the web: then it can be asked without.
        """
        busy: ModelBusy | None = None
        if not brief.rounds or brief.rounds[-1].model != self._second.name:
            came = False
            try:
                async with aclosing(self._first.answer(brief)) as chunks:
                    async for chunk in chunks:
                        came = came or not isinstance(chunk, Counted)
                        yield chunk
            except ModelBusy as trouble:
                if came:
                    raise
                busy = trouble
            if busy is None:
                return
            log.warning("other model asked", model=self.name, instead=self._second.name)
        came = False
        try:
            async with aclosing(self._second.answer(brief)) as chunks:
                async for chunk in chunks:
                    came = came or not isinstance(chunk, Counted)
                    yield chunk
        except ModelTrouble as trouble:
            if busy is None or came or isinstance(trouble, ModelWithoutWeb):
                raise
            log.warning("other model failed", model=self._second.name, trouble=type(trouble).__name__)
            raise busy from trouble

    async def check(self) -> str:
        """Which models answer. Raises what either raises."""
        return f"{await self._first.check()}; {await self._second.check()} where that is overloaded"
