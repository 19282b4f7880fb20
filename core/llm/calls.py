"""Tools that a model may call, what it calls of them, and what comes of that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that the model may ask to have done. `schema` is the JSON schema of its arguments."""

    name: str
    description: str
    schema: Mapping[str, object] = field(repr=False)

    @property
    def size(self) -> int:
        """Letters of its description, by which is estimated what that costs to read."""
        return len(json.dumps((self.name, self.description, dict(self.schema))))


@dataclass(frozen=True, slots=True)
class ServerTool:
    """Something that Claude's own servers do while it answers: we are not asked, and see what comes of it.

    `name` and `kind` are the API's own words, `kind` with the version. `uses`: how often in one request, at most. `reads`: tokens
    that one use may add to what is read. `priced`: each use is paid for by itself too. `settings`: what else the API is told.
    """

    name: str
    kind: str
    uses: int
    reads: int
    priced: bool = False
    settings: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """Letters of its description: the API writes one of about this length."""
        return 2_000


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for this to be done; nobody has looked at the arguments yet. `garbled`: they did not come to their end."""

    id: str
    name: str
    arguments: Mapping[str, object] = field(repr=False)
    garbled: bool = False


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What came of the call with this id. `failed`: the text says why nothing did."""

    call_id: str
    text: str = field(repr=False)
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """Calls that were done, and what came of each; without any, an answer that paused and goes on from there.

    `said`: everything that the model said in that answer, as blocks of the API: it wants them back word for word. `model`: the
    one that said it, since what it thought is signed for itself alone.
    """

    said: tuple[Mapping[str, object], ...] = field(repr=False)
    results: tuple[ToolResult, ...]
    model: str = ""

    @property
    def size(self) -> int:
        """Bytes of it, by which is estimated what it costs to read. A file that was fetched is read as pages: a tenth will do."""
        encoded = sum(_encoded(each) for each in self.said)
        written = sum(len(json.dumps(dict(each))) for each in self.said)
        return written - encoded * 9 // 10 + sum(len(each.text.encode()) for each in self.results)


def _encoded(block: Mapping[str, object]) -> int:
    """Bytes of the file that a page of the web turned out to be, such as a PDF."""
    inner: object = block
    for name in ("content", "content", "source"):
        inner = inner.get(name) if isinstance(inner, Mapping) else None
    if not isinstance(inner, Mapping) or inner.get("type") != "base64":
        return 0
    return len(str(inner.get("data", "")))
