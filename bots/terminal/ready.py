"""Making an answer fit for a screen: no control characters, a number on every button, and files kept on disk."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

from core.request import File
from core.ui import Button, Call, Card, Feedback, Update
from core.words import clean

Shown = TypeVar("Shown")
Keep = Callable[[File], File]


class Readying:
    """One answer on its way to the screen, and what can be pressed in it: button 1 is `calls[0]`.

    Whether it helped is asked of somebody who sits there, and not of a pipe.
    """

    def __init__(self, keep: Keep, *, attended: bool) -> None:
        self.calls: list[Call] = []
        self._keep = keep
        self._attended = attended

    def ready(self, shown: Shown) -> Shown:
        """The same content, with every string cleaned and every button's number before its label."""
        made: Shown = self._ready(shown)
        return made

    async def updates(self, updates: AsyncGenerator[Update, None]) -> AsyncGenerator[Update, None]:
        """The same for an answer that grows."""
        async with aclosing(updates):
            async for update in updates:
                yield self.ready(update)

    def _ready(self, shown: Any) -> Any:
        if isinstance(shown, Feedback):
            return self._ready(shown.buttons)
        if isinstance(shown, Button):
            self.calls.append(shown.call)
            return dataclasses.replace(shown, label=f"{len(self.calls)} {clean(shown.label)}")
        if isinstance(shown, File):
            return self._keep(shown)
        if type(shown) is str:
            return clean(shown)
        if isinstance(shown, tuple):
            return tuple(self._ready(each) for each in shown if self._attended or not _asks(each))
        if dataclasses.is_dataclass(shown) and not isinstance(shown, type):
            fields = {each.name: getattr(shown, each.name) for each in dataclasses.fields(shown)}
            return dataclasses.replace(shown, **{name: self._ready(value) for name, value in fields.items()})
        return shown


def _asks(shown: object) -> bool:
    """Whether this is nothing but the question whether an answer helped."""
    if isinstance(shown, Card):
        return bool(shown.body) and not shown.title and all(map(_asks, shown.body))
    return isinstance(shown, Feedback)
