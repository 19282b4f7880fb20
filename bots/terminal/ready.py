"""Making an answer fit for a screen: no control characters, a number on every button, and files kept on disk."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

from bots.terminal import numbered
from core.request import File
from core.ui import Button, Buttons, Card, Feedback, Table, Text, Update
from core.words import clean

Shown = TypeVar("Shown")
Keep = Callable[[File], File]


class Readying:
    """One answer on its way to the screen, and what can be pressed in it: button 1 is `buttons[0]`, with its own label.

    Whether it helped is asked of somebody who sits there, and not of a pipe; it is pressed by its number alone, and has no label
    here: “It did not” may be said to whoever answered.
    """

    def __init__(self, keep: Keep, *, attended: bool) -> None:
        self.buttons: list[Button] = []
        self._keep = keep
        self._attended = attended

    def ready(self, shown: Shown) -> Shown:
        """The same content, with every string cleaned, every button's number before its label, and no bare number beside it."""
        made: Shown = self._ready(shown)
        return made

    async def updates(self, updates: AsyncGenerator[Update, None]) -> AsyncGenerator[Update, None]:
        """The same for an answer that grows."""
        async with aclosing(updates):
            async for update in updates:
                yield self.ready(update)

    def _ready(self, shown: Any) -> Any:
        if isinstance(shown, Feedback):
            return self._asking(shown)
        if isinstance(shown, Button):
            self.buttons.append(dataclasses.replace(shown, label=clean(shown.label)))
            return dataclasses.replace(shown, label=f"{len(self.buttons)} {clean(shown.label)}")
        if isinstance(shown, File):
            return self._keep(shown)
        if isinstance(shown, Table):
            shown = numbered.table(shown)
        if isinstance(shown, Text):
            shown = numbered.checklist(shown)
        if type(shown) is str:
            return clean(shown)
        if isinstance(shown, tuple):
            return tuple(self._ready(each) for each in shown if self._attended or not _asks(each))
        if dataclasses.is_dataclass(shown) and not isinstance(shown, type):
            fields = {each.name: getattr(shown, each.name) for each in dataclasses.fields(shown)}
            return dataclasses.replace(shown, **{name: self._ready(value) for name, value in fields.items()})
        return shown

    def _asking(self, shown: Feedback) -> Buttons:
        above = len(self.buttons)
        ready: Buttons = self._ready(shown.buttons)
        self.buttons[above:] = [dataclasses.replace(each, label="") for each in self.buttons[above:]]
        return ready


def _asks(shown: object) -> bool:
    """Whether this is nothing but the question whether an answer helped."""
    if isinstance(shown, Card):
        return bool(shown.body) and not shown.title and all(map(_asks, shown.body))
    return isinstance(shown, Feedback)
