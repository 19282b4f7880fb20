"""Claude through the Anthropic SDK: the one room where it lives.

The SDK takes about a second to import, so that is done at the first use, in a thread, or ahead of it by `warm`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from core.errors import ModelUnreachable
from core.llm.calls import ServerTool
from core.llm.events import events
from core.llm.hearing import Hearing
from core.llm.model import LONGEST_ANSWER, PAUSED, Brief, Chunk, Finish, Usage
from core.llm.wire import EFFORT, request

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from anthropic._middleware import AsyncCallNext
    from anthropic._request import APIRequest
    from anthropic._response import AsyncAPIResponse

MODEL = "claude-sonnet-5-5"

TOOL_USE = "tool_use"
"""The model stopped to have tools used."""

RETRIES = 2
"""Times that a request is sent again which was refused for the moment, before any of the answer has come."""
LAST_BYTES_SECONDS = 0.5
"""For the end of the response, which follows its last event: a connection that was read to there serves the next answer too."""
LONGEST_WAIT = 8.0
"""Seconds that are waited between them; where Claude asks for more, the person is told instead."""


class Claude:
    """Implements `core.llm.model.Model`.

    `effort`: how much it thinks, as the API names it. `silence` is how many seconds may pass without a byte from Claude,
    `longest` how many an answer may take. The address is the public one where `base_url` is None. Without `web` its servers are
    asked to search and read nothing.
    """

    practice = False

    def __init__(
        self,
        key: str,
        model: str = MODEL,
        base_url: str | None = None,
        *,
        effort: str = EFFORT,
        silence: float = 60.0,
        longest: float = LONGEST_ANSWER,
        web: bool = True,
    ) -> None:
        self.name = model
        self._effort = effort
        self._key = key
        self._base_url = base_url
        self._silence = silence
        self._longest = longest
        self._web = web
        self._making = threading.Lock()
        self._known: tuple[Any, AsyncAnthropic] | None = None

    def warm(self) -> None:
        """Import the SDK in a thread, so that the first answer does not wait for it."""
        threading.Thread(target=import_module, args=("core.llm.troubles",), name="warm Claude", daemon=True).start()

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The answer as it comes, then `Finish`; a stop other than the good end raises its trouble after that."""
        troubles, client = self._known if self._known is not None else await asyncio.to_thread(self._ready)
        if not self._web:
            brief = replace(brief, tools=tuple(each for each in brief.tools if not isinstance(each, ServerTool)))
        hearing = Hearing(self.name, brief.rounds)
        deadline = asyncio.get_running_loop().time() + self._longest
        try:
            opening = client.messages.with_streaming_response.create(**request(brief, self.name, self._effort), stream=True)
            async with asyncio.timeout_at(deadline):
                response = await opening.__aenter__()
        except troubles.RAISED as raised:
            raise troubles.trouble_of(raised, model=self.name, began=False, brief=brief) from raised
        try:
            coming = aiter(events(response.iter_bytes(), deadline=deadline))
            while not hearing.over:
                try:
                    event = await anext(coming, None)
                    if event is None:
                        break
                    if event["type"] == "error":
                        raise troubles.in_stream(event, response.http_response)
                    brought = tuple(hearing.chunks(event))
                except troubles.RAISED as raised:
                    raise troubles.trouble_of(raised, model=self.name, began=hearing.began) from raised
                for chunk in brought:
                    yield chunk
            with suppress(*troubles.RAISED):
                async with asyncio.timeout(LAST_BYTES_SECONDS):
                    await anext(coming, None)
        finally:
            await opening.__aexit__(None, None, None)
        finish = _finish(hearing, brief, self.name)
        yield finish
        trouble = None if finish.said else troubles.stopped(finish.stop, words=hearing.began or bool(brief.rounds))
        if trouble is not None:
            raise trouble

    async def check(self) -> str:
        """Which model answers; asks for no words, so that it costs nothing."""
        troubles, client = await asyncio.to_thread(self._ready)
        try:
            found = await client.models.retrieve(self.name)
            words = f"{found.display_name} ({found.id}) answers"
        except AttributeError as raised:
            raise ModelUnreachable("Something else than Claude answers there. Check ANTHROPIC_BASE_URL.") from raised
        except troubles.RAISED as raised:
            raise troubles.trouble_of(raised, model=self.name, began=False) from raised
        return words

    async def close(self) -> None:
        """Let go of connections."""
        if self._known is not None:
            _, client = self._known
            await client.close()
            self._known = None

    def _ready(self) -> tuple[Any, AsyncAnthropic]:
        """The module of troubles and the client, made at the first use."""
        with self._making:
            if self._known is None:
                troubles = import_module("core.llm.troubles")
                try:
                    self._known = troubles, self._new_client()
                except troubles.RAISED as raised:
                    raise troubles.trouble_of(raised, model=self.name, began=False) from raised
            return self._known

    def _new_client(self) -> AsyncAnthropic:
        from anthropic import AsyncAnthropic, Timeout  # noqa: PLC0415 - see the module's docstring

        return AsyncAnthropic(
            api_key=self._key,
            base_url=self._base_url,
            max_retries=RETRIES,
            timeout=Timeout(self._silence, connect=5.0),
            open_telemetry=False,
            middleware=[_no_long_waits],
        )


async def _no_long_waits(asked: APIRequest, call_next: AsyncCallNext) -> AsyncAPIResponse[Any]:
    """The SDK waits as long as `retry-after` says, be it an hour: beyond `LONGEST_WAIT` it shall not try again."""
    response = await call_next(asked)
    wait = response.http_response.headers.get("retry-after", "0")
    try:
        longer = float(wait) > LONGEST_WAIT
    except ValueError:  # a date: as good as long
        longer = True
    if longer:
        response.http_response.headers["x-should-retry"] = "false"
    return response


def _finish(hearing: Hearing, brief: Brief, model: str) -> Finish:
    """How the answer ended. What it called, it calls only where it says so itself: never where its words ran out."""
    stop = (hearing.stop if hearing.over else None) or "broke off"
    calls = hearing.calls if stop == TOOL_USE else ()
    said = hearing.said if calls or (stop == PAUSED and brief.served) else ()
    return Finish(stop, hearing.usage if hearing.over else Usage(), calls=calls, said=said, model=model)
