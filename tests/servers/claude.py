"""A stand-in for Claude's Messages API on loopback: it speaks the real protocol, and plays what a test asks for.

As a program, to run the whole bot against: `python -m tests.servers.claude --port 8899`, then set ANTHROPIC_BASE_URL to the
address that it prints, and ANTHROPIC_API_KEY to anything.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import deque
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.servers.caching import PromptCache, Read
from tests.servers.claude_events import calling, closing, counted, delta_of, head, opening, played, stream_of
from tests.servers.claude_replies import (
    Calls,
    Drops,
    Fails,
    Garbles,
    Plays,
    Refuses,
    Reply,
    Says,
    calls,
)
from tests.servers.claude_rules import checker, faults

__all__ = [
    "Calls",
    "ClaudeServer",
    "Drops",
    "Fails",
    "Garbles",
    "Plays",
    "Refuses",
    "Reply",
    "Says",
    "calls",
    "checker",
    "faults",
    "stream_of",
]

VERSION = "2026-10-21"
MODEL = "claude-sonnet-5-5"
STATUS_WORDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}
READ = web.ResponseKey("read", Read)
"""What the request was read from, for the events that tell of it."""
WITHOUT_WEB = "Web search is not enabled for this organization."


class ClaudeServer:
    """The stand-in: plays `replies` in order, then `usual` for ever. `requests` keeps the bodies of what came.

    `web_allowed`: the organization may use what searches and reads the web. With a `cache`, usage is reported as that makes it,
    and `reads` keeps what each request was read from; without one, a few fixed figures are. What the words of an interview are is
    asked in between and answered by `verdicts` ("aside", "earlier:" and a cell), then always that they answer; `judged` keeps the
    bodies of that.
    """

    def __init__(
        self,
        *replies: Reply,
        usual: Reply | None = None,
        port: int = 0,
        web_allowed: bool = True,
        cache: PromptCache | None = None,
    ) -> None:
        self.replies = deque(replies)
        self.usual = usual
        self.requests: list[dict[str, Any]] = []
        self.verdicts: deque[str] = deque()
        self.judged: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.cancelled = asyncio.Event()
        self._port = port
        self._web_allowed = web_allowed
        self._cache = cache
        self.reads: list[Read] = []
        app = web.Application(client_max_size=32 * 2**20)
        app.add_routes([web.post("/v1/messages", self._messages), web.get("/v1/models/{model}", self._model)])
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Its address, for ANTHROPIC_BASE_URL."""
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def _model(self, request: web.Request) -> web.Response:
        refused = self._unwelcome(request)
        if refused is not None:
            return refused
        if self.replies and isinstance(self.replies[0], Refuses):
            return self._error(self.replies.popleft())
        model = request.match_info["model"]
        if model != MODEL:
            return self._error(Refuses(404))
        info = {"type": "model", "id": model, "display_name": "Claude Sonnet 5.5", "created_at": "2026-09-01T00:00:00Z"}
        return web.json_response(info)

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        asks_for_a_verdict = _asks_for_a_verdict(body)
        (self.judged if asks_for_a_verdict else self.requests).append(body)
        refused = self._unwelcome(request)
        wrong = faults(body)
        if not wrong and not self._web_allowed and any("type" in each for each in body.get("tools", ())):
            wrong = [WITHOUT_WEB]
        if refused is None and wrong:
            refused = self._error(Refuses(400, says="; ".join(wrong)))
        if refused is not None:
            return refused
        if asks_for_a_verdict:
            verdict, _, cell = (self.verdicts.popleft() if self.verdicts else "answer").partition(":")
            return await self._stream(request, body, Says((json.dumps({"verdict": verdict, "cell": cell}),)))
        if self._cache is not None:
            self.reads.append(self._cache.read(body))
        reply = self.replies.popleft() if self.replies else (self.usual or _answer(body))
        return self._error(reply) if isinstance(reply, Refuses) else await self._stream(request, body, reply)

    def _unwelcome(self, request: web.Request) -> web.Response | None:
        """The answer to a request whose head is wrong."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        self.keys.append(key)
        if scheme != "Bearer" or not key or key == "wrong":
            return self._error(Refuses(401))
        if request.headers.get("anthropic-version") != VERSION:
            return self._error(Refuses(400, says=f"anthropic-version: expected {VERSION}"))
        return None

    def _error(self, reply: Reply) -> web.Response:
        assert isinstance(reply, Refuses)
        error = {"type": STATUS_WORDS.get(reply.status, "api_error"), "message": reply.says}
        body = {"type": "error", "error": error, "request_id": "req_1"}
        return web.json_response(body, status=reply.status, headers={"request-id": "req_1", **reply.headers})

    async def _stream(self, request: web.Request, body: dict[str, Any], reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "request-id": "req_1"})
        await response.prepare(request)
        assert not isinstance(reply, Refuses)
        if self.reads:
            response[READ] = self.reads[-1]
        try:
            if isinstance(reply, Plays):
                await self._play(response, body["model"], reply)
                return response
            hold = reply.hold if isinstance(reply, Says | Calls) else None
            for event in opening(body["model"]):
                await _send(response, event)
            for number, piece in enumerate(reply.pieces, start=1):
                if hold is not None and number == len(reply.pieces):
                    await hold.wait()
                await _send(response, delta_of(piece))
            await self._end(request, response, reply)
        except (asyncio.CancelledError, ConnectionResetError):
            self.cancelled.set()
            raise
        return response

    async def _play(self, response: web.StreamResponse, model: str, reply: Plays) -> None:
        for event in head(model):
            await _send(response, event)
        for number, events in enumerate(played(reply, len(self.requests)), start=1):
            if reply.hold is not None and number == len(reply.blocks):
                await reply.hold.wait()
            for event in events:
                await _send(response, event)

    async def _end(self, request: web.Request, response: web.StreamResponse, reply: Reply) -> None:
        match reply:
            case Says():
                for event in closing(reply):
                    await _send(response, event)
            case Calls():
                for event in calling(reply, len(self.requests)):
                    await _send(response, event)
            case Fails():
                await _send(response, {"type": "error", "error": {"type": reply.error, "message": "no"}, "request_id": "req_1"})
            case Garbles():
                await response.write(reply.raw)
                if reply.drops:
                    _hang_up(request)
            case Drops(politely=False):
                _hang_up(request)
            case _:
                pass


def _hang_up(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.close()


async def _send(response: web.StreamResponse, event: dict[str, Any]) -> None:
    read: Read | None = response.get(READ)
    if read is not None:
        event = counted(event, read.usage())
    await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())


def _asks_for_a_verdict(body: dict[str, Any]) -> bool:
    wanted = body.get("output_config", {}).get("format") or {}
    return "verdict" in wanted.get("schema", {}).get("properties", {})


def _answer(body: dict[str, Any]) -> Says:
    """The words said back; where a JSON document was asked for, the emptiest that fits its schema."""
    wanted = body.get("output_config", {}).get("format")
    return Says((json.dumps(_emptiest(wanted["schema"])) if wanted else f"You said: {_last_words(body)}",))


def _emptiest(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {name: _emptiest(schema["properties"][name]) for name in schema["required"]}
    return {"array": [], "string": "", "boolean": False}.get(schema["type"], 0)


def _last_words(body: dict[str, Any]) -> str:
    said = [str(each.get("text", each.get("content"))) for each in body["messages"][-1]["content"]]
    return next((each for each in reversed(said) if not each.startswith("<now>")), said[-1])


PLAYS: Mapping[str, Reply] = {
    "refused": Refuses(401),
    "credit": Refuses(402),
    "busy": Refuses(429, {"retry-after": "3600"}),
    "overloaded": Refuses(529),
    "declined": Says(("I will ",), stop="refusal"),
    "length": Says(("It begins ", "and is cut"), stop="max_tokens"),
    "dropped": Drops(("It begins ", "and falls")),
    "failed": Fails(("It begins ", "and fails")),
}


async def _serve(port: int, play: str | None) -> None:
    async with ClaudeServer(usual=PLAYS[play] if play else None, port=port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A stand-in for Claude's Messages API.")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--play", choices=sorted(PLAYS), help="what goes wrong with every request; without it, all is well")
    chosen = parser.parse_args()
    try:
        asyncio.run(_serve(chosen.port, chosen.play))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
