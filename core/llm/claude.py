"""Claude through the Anthropic SDK: the one room where it lives.

The SDK takes about a second to import, so that is done at the first use, in a thread, or ahead of it by `warm`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from core.errors import ModelUnreachable
from core.llm.calls import ToolCall
from core.llm.model import LONGEST_ANSWER, Brief, Chunk, Counted, Finish, Usage, Words
from core.llm.wire import EFFORT, request

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from anthropic._middleware import AsyncCallNext
    from anthropic._request import APIRequest
    from anthropic._response import AsyncAPIResponse
    from anthropic.types import Message

MODEL = "claude-sonnet-5-5"

TOOL_USE = "tool_use"
"""The model stopped to have tools used."""

RETRIES = 2
"""Times that a request is sent again which was refused for the moment, before any of the answer has come."""
LONGEST_WAIT = 8.0
"""Seconds that are waited between them; where Claude asks for more, the person is told instead."""


class Claude:
    """Implements `core.llm.model.Model`.

    `effort`: how much it thinks, as the API names it. `silence` is how many seconds may pass without a byte from Claude,
    `longest` how many an answer may take. The address is the public one where `base_url` is None.
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
    ) -> None:
        self.name = model
        self._effort = effort
        self._key = key
        self._base_url = base_url
        self._silence = silence
        self._longest = longest
        self._making = threading.Lock()
        self._made: AsyncAnthropic | None = None

    def warm(self) -> None:
        """Import the SDK in a thread, so that the first answer does not wait for it."""
        threading.Thread(target=import_module, args=("core.llm.troubles",), name="warm Claude", daemon=True).start()

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """The answer as it comes, then `Finish`; a stop other than the good end raises its trouble after that."""
        troubles, client = await asyncio.to_thread(self._ready)
        asked = request(brief, self.name, self._effort)
        deadline = asyncio.get_running_loop().time() + self._longest
        began = False
        last: Message | None = None
        try:
            manager = client.messages.stream(**asked)
            async with asyncio.timeout_at(deadline):
                stream = await manager.__aenter__()
        except troubles.RAISED as raised:
            raise troubles.trouble_of(raised, model=self.name, began=False, pictures=brief.pictures) from raised
        try:
            events = aiter(stream)
            while True:
                try:
                    event = await _next(events, deadline)
                except troubles.RAISED as raised:
                    raise troubles.trouble_of(raised, model=self.name, began=began) from raised
                if event is None:
                    break
                if event.type == "message_start":
                    yield Counted(_usage(event.message), self.name)
                elif event.type == "text" and event.text:
                    began = True
                    yield Words(event.text)
                elif event.type == "message_stop":
                    last = event.message
        finally:
            await manager.__aexit__(None, None, None)
        stop = (last.stop_reason if last else None) or "broke off"
        calls = _calls(last) if stop == TOOL_USE else ()
        yield Finish(stop, _usage(last), calls=calls, said=_said(last) if calls else (), model=self.name)
        trouble = None if calls else troubles.stopped(stop, words=began or bool(brief.rounds))
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
        if self._made is not None:
            await self._made.close()
            self._made = None

    def _ready(self) -> tuple[Any, AsyncAnthropic]:
        """The module of troubles and the client, made at the first use."""
        with self._making:
            troubles = import_module("core.llm.troubles")
            if self._made is None:
                try:
                    self._made = self._new_client()
                except troubles.RAISED as raised:
                    raise troubles.trouble_of(raised, model=self.name, began=False) from raised
        return troubles, self._made

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


async def _next(events: AsyncIterator[Any], deadline: float) -> Any:
    """The next event, or None after the last. The deadline stands around this alone, since a generator may be left in between."""
    async with asyncio.timeout_at(deadline):
        return await anext(events, None)


def _calls(message: Message | None) -> tuple[ToolCall, ...]:
    """What the model wants to have done."""
    blocks = message.content if message else []
    return tuple(ToolCall(each.id, each.name, _arguments(each.input)) for each in blocks if each.type == "tool_use")


def _arguments(given: object) -> dict[str, object]:
    """What the tool is to be called with; nobody vouches that it is an object, and then it is refused for want of arguments."""
    return given if isinstance(given, dict) else {}


def _said(message: Message | None) -> tuple[dict[str, object], ...]:
    """All that it said, as the API takes it back: it wants no blank text."""
    spoken = [each for each in message.content if each.type != "text" or each.text.strip()] if message else []
    return tuple(each.model_dump(mode="json", exclude_none=True) for each in spoken)


def _usage(message: Message | None) -> Usage:
    if message is None:
        return Usage()
    used = message.usage
    kept, asked = used.cache_creation, used.server_tool_use
    return Usage(
        read=used.input_tokens or 0,
        written=used.output_tokens or 0,
        cached=used.cache_read_input_tokens or 0,
        cache_written=used.cache_creation_input_tokens or 0,
        cache_minutes=kept.ephemeral_5m_input_tokens if kept else 0,
        searches=asked.web_search_requests if asked else 0,
    )
