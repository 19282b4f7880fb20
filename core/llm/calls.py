"""Tools that a model may call, what it calls of them, and what comes of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that the model may ask to have done. `schema` is the JSON schema of its arguments."""

    name: str
    description: str
    schema: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for this to be done; nobody has looked at the arguments yet."""

    id: str
    name: str
    arguments: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What came of the call with this id. `failed`: the text says why nothing did."""

    call_id: str
    text: str = field(repr=False)
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """Calls that were done, and what came of each.

    `said`: everything that the model said in that answer, as blocks of the API: it wants them back word for word. `model`: the
    one that said it, since what it thought is signed for itself alone.
    """

    said: tuple[Mapping[str, object], ...] = field(repr=False)
    results: tuple[ToolResult, ...]
    model: str = ""
