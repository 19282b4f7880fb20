"""What could complete a line: commands with their summaries, agents after @, and values that the core suggests."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bots.boundary import Door, complete
from core.command import Command, Parameter, parameters
from core.errors import UnknownCommand
from core.request import Event, Suggesting
from core.ui import Option

QUIT = ("quit", "Leave")
ASK = ("ask", "agent")
"""The command and field that know the agents by name."""
_MENTION = re.compile(r"(?:^|[\s(])@(\S*)$")


class LineCompleter(Completer):
    """Completes a line of the conversation."""

    def __init__(self, app: Door, event: Callable[[], Event]) -> None:
        self._app = app
        self._event = event

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Nothing: suggestions have to be waited for."""
        return ()

    async def get_completions_async(self, document: Document, complete_event: CompleteEvent) -> AsyncGenerator[Completion, None]:
        """The completions of what stands before the cursor."""
        text = document.text_before_cursor
        if text.startswith("/"):
            found = self._commands(text) or await self._values(text)
        elif mention := _MENTION.search(text):
            found = await self._agents(mention[1])
        else:
            found = []
        for each in found:
            yield each

    def _commands(self, text: str) -> list[Completion]:
        typed = text[1:].casefold()
        return [
            Completion(f"/{name}", start_position=-len(text), display_meta=summary)
            for name, summary in (*self._named(), QUIT)
            if name.startswith(typed) and name != typed
        ]

    def _named(self) -> list[tuple[str, str]]:
        """What can be typed: a group of one by its group's name, the parts of others by their own."""
        return sorted((each.name, each.summary) for parts in self._app.catalog.groups.values() for each in parts)

    async def _values(self, text: str) -> list[Completion]:
        name, space, words = text[1:].partition(" ")
        if not space:
            return []
        try:
            command, left = self._app.catalog.find(name, words + "\0")
        except UnknownCommand:
            return []
        found = _at_cursor(command, left.removesuffix("\0"))
        if found is None:
            return []
        parameter, typed = found
        options = await suggested(self._app, self._event(), command.name, parameter.field().name, typed, parameter)
        return [_offered(option, typed) for option in options]

    async def _agents(self, typed: str) -> list[Completion]:
        options = await suggested(self._app, self._event(), *ASK, typed)
        return [_offered(option, typed) for option in options]


class FieldCompleter(Completer):
    """Completes the answer to a form's question."""

    def __init__(self, app: Door, event: Callable[[], Event], command: str, field: str) -> None:
        self._app = app
        self._event = event
        self._command = command
        self._field = field

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Nothing: suggestions have to be waited for."""
        return ()

    async def get_completions_async(self, document: Document, complete_event: CompleteEvent) -> AsyncGenerator[Completion, None]:
        """The completions of what stands before the cursor."""
        typed = document.text_before_cursor
        for option in await suggested(self._app, self._event(), self._command, self._field, typed):
            yield _offered(option, typed)


async def suggested(
    app: Door, event: Event, command: str, field: str, typed: str, parameter: Parameter | None = None
) -> tuple[Option, ...]:
    """What the core suggests for the field, or which of its choices begin with what is typed."""
    if parameter is not None and parameter.options():
        wanted = typed.casefold()
        return tuple(each for each in parameter.options() if each.value.casefold().startswith(wanted))
    asking = Suggesting(
        id=event.id, actor=event.actor, address=event.address, at=event.at, command=command, field=field, typed=typed
    )
    return await complete(app, asking)


def _at_cursor(command: Command, words: str) -> tuple[Parameter, str] | None:
    """The argument in which the cursor stands, and what is typed of it; the last one takes all that is left."""
    named = parameters(command.args)
    left = words.lstrip()
    for each in named[:-1]:
        first, space, rest = left.partition(" ")
        if not space:
            return each, first
        left = rest.lstrip()
    return (named[-1], left) if named else None


def _offered(option: Option, typed: str) -> Completion:
    """What the label says beyond the value, beside it: screens are narrow."""
    meta = option.label.removeprefix(option.value).lstrip(" :.")
    return Completion(option.value, start_position=-len(typed), display_meta=meta)
