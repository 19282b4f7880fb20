"""The events of an answer, as the Messages API streams them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.servers.claude_replies import Begun, Block, Called, Calls, Fetched, Played, Plays, Says, Searched, Text

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
DELTA_USAGE = frozenset(
    ("cache_creation_input_tokens", "cache_read_input_tokens", "input_tokens", "output_tokens_details", "server_tool_use")
)
DIRECT = {"type": "direct"}


@dataclass(frozen=True, slots=True)
class _Streamed:
    """A block as it begins, what comes to it piece by piece, and whether it is ended."""

    begins: Mapping[str, Any]
    deltas: tuple[Mapping[str, Any], ...] = ()
    whole: bool = True

    def events(self, index: int) -> Iterator[dict[str, Any]]:
        """Its events, at its place in the answer."""
        yield {"type": "content_block_start", "index": index, "content_block": dict(self.begins)}
        for each in self.deltas:
            yield {"type": "content_block_delta", "index": index, "delta": dict(each)}
        if self.whole:
            yield {"type": "content_block_stop", "index": index}


THOUGHT = _Streamed(
    {"type": "thinking", "thinking": "", "signature": ""}, ({"type": "signature_delta", "signature": "c2lnbmVk"},)
)


def stream_of(model: str, reply: Says | Calls | Plays) -> list[dict[str, Any]]:
    """Every event of a whole answer."""
    if isinstance(reply, Plays):
        return [*head(model), *(event for block in played(reply, 1) for event in block)]
    end = closing(reply) if isinstance(reply, Says) else calling(reply, 1)
    return [*opening(model), *map(delta_of, reply.pieces), *end]


def head(model: str) -> Iterator[dict[str, Any]]:
    """What every answer begins with: itself, without words, and that it was thought of."""
    nothing_yet = dict.fromkeys(("container", "diagnostics", "stop_details", "stop_reason", "stop_sequence"))
    about = {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "content": [], "usage": USAGE}
    yield {"type": "message_start", "message": {**about, **nothing_yet}}
    yield {"type": "ping"}
    yield from THOUGHT.events(0)


def opening(model: str) -> Iterator[dict[str, Any]]:
    """The same, and the beginning of its words."""
    yield from head(model)
    yield {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": "", "citations": None}}


def counted(event: dict[str, Any], used: Mapping[str, Any]) -> dict[str, Any]:
    """The event with what was really read, where it tells of that."""
    match event["type"]:
        case "message_start":
            message = event["message"]
            return {**event, "message": {**message, "usage": {**message["usage"], **used}}}
        case "message_delta":
            return {**event, "usage": {**event["usage"], **{name: used[name] for name in used if name in DELTA_USAGE}}}
        case _:
            return event


def delta_of(piece: str) -> dict[str, Any]:
    """The words go on."""
    return {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": piece}}


def closing(reply: Says) -> Iterator[dict[str, Any]]:
    """The end of words, and of the answer."""
    yield {"type": "content_block_stop", "index": 1}
    yield from _end(reply.stop, written=sum(map(len, reply.pieces)))


def calling(reply: Calls, request: int) -> Iterator[dict[str, Any]]:
    """The end of an answer that asks for tools, each in a block of its own whose arguments come in pieces of JSON."""
    yield {"type": "content_block_stop", "index": 1}
    for index, (name, arguments) in enumerate(reply.calls, start=2):
        yield from _call(Called(name, json.dumps(arguments)), f"{request}_{index}").events(index)
    yield from _end("tool_use", written=sum(map(len, reply.pieces)))


def played(reply: Plays, request: int) -> Iterator[list[dict[str, Any]]]:
    """The events of each block, and then those of the end."""
    index = 1
    for number, part in enumerate(reply.blocks, start=1):
        events = []
        for each in _blocks(part, f"{request}_{number}"):
            events += list(each.events(index))
            index += 1
        yield events
    served = {
        "web_search_requests": sum(isinstance(each, Searched | Begun) for each in reply.blocks),
        "web_fetch_requests": sum(isinstance(each, Fetched) for each in reply.blocks),
    }
    yield list(_end(reply.stop, written=40, served=served if any(served.values()) else None))


def _end(stop: str, *, written: int, served: Mapping[str, int] | None = None) -> Iterator[dict[str, Any]]:
    delta = {"stop_reason": stop, "stop_sequence": None, "stop_details": None, "container": None}
    used = {name: value for name, value in USAGE.items() if name in DELTA_USAGE}
    yield {"type": "message_delta", "delta": delta, "usage": {**used, "output_tokens": written, "server_tool_use": served}}
    yield {"type": "message_stop"}


def _blocks(part: Played, id_: str) -> Iterable[_Streamed]:
    """The blocks of one thing that an answer does: where Claude's servers did it, what came of it stands behind."""
    match part:
        case Text(text, cites):
            words = ({"type": "text_delta", "text": each} for each in (text[:9], text[9:]) if each)
            cited = ({"type": "citations_delta", "citation": dict(each)} for each in cites)
            return (_Streamed({"type": "text", "text": "", "citations": [] if cites else None}, (*words, *cited)),)
        case Searched():
            error = {"type": "web_search_tool_result_error", "error_code": part.error}
            found = [_found(url, title) for url, title in part.found]
            return (_served("web_search", {"query": part.query}, id_), _result("web_search", error if part.error else found, id_))
        case Fetched():
            error = {"type": "web_fetch_tool_result_error", "error_code": part.error}
            return (_served("web_fetch", {"url": part.url}, id_), _result("web_fetch", error if part.error else _page(part), id_))
        case Begun():
            return (_served("web_search", {"query": part.query}, id_),)
        case Called():
            return (_call(part, id_),)
        case Block():
            return (_Streamed(part.block),)


def _call(call: Called, id_: str) -> _Streamed:
    block = {"type": "tool_use", "id": f"toolu_{id_}", "name": call.name, "input": {}, "caller": DIRECT}
    return _Streamed(block, _json(call.written), call.whole)


def _served(name: str, arguments: Mapping[str, Any], id_: str) -> _Streamed:
    block = {"type": "server_tool_use", "id": f"srvtoolu_{id_}", "name": name, "input": {}, "caller": DIRECT}
    return _Streamed(block, _json(json.dumps(arguments)))


def _result(name: str, content: Any, id_: str) -> _Streamed:
    """What came of it: all at once, as the API sends it."""
    kind = f"{name}_tool_result"
    return _Streamed({"type": kind, "tool_use_id": f"srvtoolu_{id_}", "content": content, "caller": DIRECT})


def _json(written: str) -> tuple[Mapping[str, Any], ...]:
    return tuple({"type": "input_json_delta", "partial_json": each} for each in (written[:7], written[7:]))


def _found(url: str, title: str) -> dict[str, Any]:
    return {"type": "web_search_result", "url": url, "title": title, "encrypted_content": "Zm91bmQ=", "page_age": None}


def _page(fetched: Fetched) -> dict[str, Any]:
    source = {"type": "text", "media_type": "text/plain", "data": fetched.text}
    document = {"type": "document", "source": source, "title": fetched.title or None, "citations": {"enabled": True}}
    return {"type": "web_fetch_result", "url": fetched.url, "content": document, "retrieved_at": "2026-11-20T09:00:00Z"}
