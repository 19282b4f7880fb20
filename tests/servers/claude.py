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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

import jsonschema_rs
from aiohttp import web

VERSION = "2026-10-21"
SCHEMA = Path(__file__).with_name("anthropic-messages.schema.json")
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


@dataclass(frozen=True, slots=True)
class Says:
    """Streams the pieces, waiting for `hold` before the last of them; then ends, for the reason `stop`."""

    pieces: tuple[str, ...]
    stop: str = "end_turn"
    hold: asyncio.Event | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """Streams the pieces, waiting for `hold` before the last of them; then asks for tools: their names and arguments."""

    calls: tuple[tuple[str, Mapping[str, Any]], ...]
    pieces: tuple[str, ...] = ()
    hold: asyncio.Event | None = None


def calls(tool: str, *pieces: str, **arguments: Any) -> Calls:
    """One call of a tool, after these pieces."""
    return Calls(((tool, arguments),), pieces)


@dataclass(frozen=True, slots=True)
class Refuses:
    """Answers with an HTTP error; `says` is its message."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    says: str = "no"


@dataclass(frozen=True, slots=True)
class Fails:
    """Streams the pieces, then an `error` event."""

    pieces: tuple[str, ...]
    error: str = "overloaded_error"


@dataclass(frozen=True, slots=True)
class Drops:
    """Streams the pieces, then lets the socket fall; with `politely`, ends the response as if it were whole."""

    pieces: tuple[str, ...]
    politely: bool = False


@dataclass(frozen=True, slots=True)
class Garbles:
    """Streams the pieces, then these bytes."""

    pieces: tuple[str, ...]
    raw: bytes


Reply: TypeAlias = Says | Calls | Refuses | Fails | Drops | Garbles


@cache
def checker(name: str) -> jsonschema_rs.Validator:
    """The validator of one definition of the published description, such as `MessageCreateParamsStreaming`."""
    described = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for({**described, "$ref": f"#/definitions/{name}"})


def faults(body: Any) -> list[str]:
    """What is wrong with a request: by the published description, and by the rules that it is blind to."""
    found = [str(each.message) for each in checker("MessageCreateParamsStreaming").iter_errors(body)]
    if found:
        return found
    messages = body["messages"]
    roles = [message["role"] for message in messages]
    if not messages or roles[0] != "user" or roles[-1] != "user":
        found.append("the first and the last turn are the user's")
    if any(one == other for one, other in pairwise(roles)):
        found.append("turns alternate")
    blocks = [*body.get("system", ()), *(block for message in messages for block in message["content"])]
    found += _unanswered(messages)
    if any(block["type"] == "text" and not block["text"].strip() for block in blocks):
        found.append("text content blocks must contain non-whitespace text")
    if sum("cache_control" in block for block in (*blocks, body)) > 4:
        found.append("at most 4 cache breakpoints")
    return found


def _unanswered(messages: list[dict[str, Any]]) -> list[str]:
    """Every call of a turn has its result in the next, and no result is there without its call."""
    found = []
    for one, other in pairwise([*messages, {"content": []}]):
        asked = {block["id"] for block in one["content"] if block["type"] == "tool_use"}
        given = {block["tool_use_id"] for block in other["content"] if block["type"] == "tool_result"}
        if asked != given:
            found.append("tool_use ids and tool_result ids of the next turn must be the same")
    return found


class ClaudeServer:
    """The stand-in: plays `replies` in order, then `usual` for ever. `requests` keeps the bodies of what came."""

    def __init__(self, *replies: Reply, usual: Reply | None = None, port: int = 0) -> None:
        self.replies = deque(replies)
        self.usual = usual
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.cancelled = asyncio.Event()
        self._port = port
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
        self.requests.append(body)
        refused = self._unwelcome(request)
        wrong = faults(body)
        if refused is None and wrong:
            refused = self._error(Refuses(400, says="; ".join(wrong)))
        if refused is not None:
            return refused
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
        hold = reply.hold if isinstance(reply, Says | Calls) else None
        try:
            for event in _opening(body["model"]):
                await _send(response, event)
            for number, piece in enumerate(reply.pieces, start=1):
                if hold is not None and number == len(reply.pieces):
                    await hold.wait()
                await _send(response, _delta(piece))
            await self._end(request, response, reply)
        except (asyncio.CancelledError, ConnectionResetError):
            self.cancelled.set()
            raise
        return response

    async def _end(self, request: web.Request, response: web.StreamResponse, reply: Reply) -> None:
        match reply:
            case Says():
                for event in _closing(reply):
                    await _send(response, event)
            case Calls():
                for event in _calling(reply, len(self.requests)):
                    await _send(response, event)
            case Fails():
                await _send(response, {"type": "error", "error": {"type": reply.error, "message": "no"}, "request_id": "req_1"})
            case Garbles():
                await response.write(reply.raw)
            case Drops(politely=False):
                assert request.transport is not None
                request.transport.close()
            case _:
                pass


USAGE: Mapping[str, Any] = {
    "cache_creation": None,
    "cache_creation_input_tokens": 4,
    "cache_read_input_tokens": 3,
    "inference_geo": None,
    "input_tokens": 12,
    "output_tokens": 1,
    "output_tokens_details": None,
    "server_tool_use": None,
    "service_tier": "standard",
    "speed": None,
}


def stream_of(model: str, reply: Says | Calls) -> list[dict[str, Any]]:
    """Every event of a whole answer."""
    closing = _closing(reply) if isinstance(reply, Says) else _calling(reply, 1)
    return [*_opening(model), *map(_delta, reply.pieces), *closing]


def _opening(model: str) -> Iterable[dict[str, Any]]:
    nothing_yet = dict.fromkeys(("container", "diagnostics", "stop_details", "stop_reason", "stop_sequence"))
    about = {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "content": [], "usage": USAGE}
    yield {"type": "message_start", "message": {**about, **nothing_yet}}
    thinking = {"type": "thinking", "thinking": "", "signature": ""}
    yield {"type": "content_block_start", "index": 0, "content_block": thinking}
    yield {"type": "ping"}
    yield {"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "c2lnbmVk"}}
    yield {"type": "content_block_stop", "index": 0}
    yield {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": "", "citations": None}}


def _delta(piece: str) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": piece}}


def _closing(reply: Says) -> Iterable[dict[str, Any]]:
    yield {"type": "content_block_stop", "index": 1}
    delta = {"stop_reason": reply.stop, "stop_sequence": None, "stop_details": None, "container": None}
    used = {name: value for name, value in USAGE.items() if name in DELTA_USAGE}
    written = sum(map(len, reply.pieces))
    yield {"type": "message_delta", "delta": delta, "usage": {**used, "output_tokens": written}}
    yield {"type": "message_stop"}


def _calling(reply: Calls, request: int) -> Iterable[dict[str, Any]]:
    """The end of an answer that asks for tools, each in a block of its own whose arguments come in pieces of JSON."""
    end, *rest = _closing(Says(reply.pieces, "tool_use"))
    yield end
    for index, (name, arguments) in enumerate(reply.calls, start=2):
        block = {"type": "tool_use", "id": f"toolu_{request}_{index}", "name": name, "input": {}, "caller": {"type": "direct"}}
        yield {"type": "content_block_start", "index": index, "content_block": block}
        written = json.dumps(arguments)
        for piece in (written[:7], written[7:]):
            delta = {"type": "input_json_delta", "partial_json": piece}
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield from rest


DELTA_USAGE = frozenset(
    ("cache_creation_input_tokens", "cache_read_input_tokens", "input_tokens", "output_tokens_details", "server_tool_use")
)


async def _send(response: web.StreamResponse, event: dict[str, Any]) -> None:
    await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())


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
    last = body["messages"][-1]["content"][-1]
    return str(last.get("text", last.get("content")))


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
