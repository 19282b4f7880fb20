"""An ability: a typed function that a model may call as a tool, with the schema of its arguments made from its signature."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from core.chat.ports import Used
from core.errors import Refusal
from core.llm.calls import Tool

Work: TypeAlias = Callable[..., Awaitable[Used]]


class BadArguments(Refusal):
    """These arguments do not fit the tool."""


@dataclass(frozen=True)
class Ability:
    """What a model may ask for.

    `work` takes the model's arguments by keyword alone, and whatever else it needs by type, as handlers of commands do: above
    all the `Asker`, for whom alone it acts. `title` is shown while it is at work; without one nothing is. `personal`: what it
    gives is the asker's own, and nobody else's business. `saves`: it changes the record, or proposes to.
    """

    work: Work
    title: str
    personal: bool
    saves: bool

    @property
    def name(self) -> str:
        """What models call it by."""
        return self.work.__name__

    @cached_property
    def tool(self) -> Tool:
        """It, as a model is told of it."""
        schema = _without_titles(self._arguments.model_json_schema())
        return Tool(self.name, " ".join((inspect.getdoc(self.work) or "").split()), schema)

    def read(self, given: Mapping[str, object]) -> dict[str, object]:
        """The arguments, checked.

        Raises:
            BadArguments: with what is wrong, in words for a model.
        """
        try:
            read = self._arguments.model_validate(dict(given))
        except ValidationError as wrong:
            each = (f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}" for one in wrong.errors())
            raise BadArguments(f"{self.name} was not called rightly. {'; '.join(each)}.") from None
        return {name: getattr(read, name) for name in type(read).model_fields}

    @cached_property
    def _arguments(self) -> type[BaseModel]:
        hints = typing.get_type_hints(self.work, include_extras=True)
        fields: dict[str, Any] = {
            name: (hints[name], ... if each.default is inspect.Parameter.empty else each.default)
            for name, each in inspect.signature(self.work).parameters.items()
            if each.kind is inspect.Parameter.KEYWORD_ONLY
        }
        made: type[BaseModel] = create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)
        return made


def reads(title: str) -> Callable[[Work], Ability]:
    """The function looks into the asker's own records."""
    return lambda work: Ability(work, title, personal=True, saves=False)


def knows(title: str) -> Callable[[Work], Ability]:
    """The function tells what everybody may know."""
    return lambda work: Ability(work, title, personal=False, saves=False)


def saves(title: str) -> Callable[[Work], Ability]:
    """The function changes the asker's record, or proposes to."""
    return lambda work: Ability(work, title, personal=True, saves=True)


def choosing(tool: Tool, argument: str, choices: Sequence[str]) -> Tool:
    """The tool for whom this argument can be one of these only."""
    properties = tool.schema["properties"]
    assert isinstance(properties, dict)
    narrowed = {**properties, argument: {**properties[argument], "enum": list(choices)}}
    return Tool(tool.name, tool.description, {**tool.schema, "properties": narrowed})


def _without_titles(schema: Any) -> Any:
    """The schema without the names that pydantic makes up: they say nothing, and every request would pay for them."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: each for name, each in schema.items() if not (name == "title" and isinstance(each, str))}
    return {name: _without_titles(each) for name, each in kept.items()}
