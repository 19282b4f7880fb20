"""What a person types, with history, completion, and pasted lines kept together."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

import structlog
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.application.current import get_app_or_none
from prompt_toolkit.completion import Completer, DummyCompleter
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from bots.boundary import Door
from bots.terminal.completion import FieldCompleter, LineCompleter
from bots.terminal.keyboard import Stopped
from bots.terminal.sender import Closed
from bots.terminal.traces import HISTORY
from core.request import Event
from core.ui import Field

log = structlog.get_logger()

MENU_ROWS = 6
STYLE = Style.from_dict(
    {
        "mark": "ansicyan bold",
        "hint": "ansibrightblack",
        "completion-menu": "bg:default",
        "completion-menu.completion": "bg:default fg:default",
        "completion-menu.completion.current": "reverse",
        "completion-menu.meta.completion": "bg:default fg:ansibrightblack",
        "completion-menu.meta.completion.current": "bg:default fg:default",
        "scrollbar.background": "bg:default",
        "scrollbar.button": "bg:ansibrightblack",
    }
)
MARK: StyleAndTextTuples = [("class:mark", "› ")]
HINT = "Ask anything. / lists the commands, @ the agents."
SHORT_HINT = "Ask, or type / or @"


class Prompting:
    """A person's keyboard."""

    attended = True

    def __init__(self, app: Door, event: Callable[[], Event], folder: Path) -> None:
        self._app = app
        self._event = event
        self._lines = _session(kept_history(folder), LineCompleter(app, event))
        self._answers = _session(InMemoryHistory(), DummyCompleter())

    async def line(self) -> str:
        return await self._lines.prompt_async(MARK, placeholder=_hint, handle_sigint=False, set_exception_handler=False)

    async def answer(self, command: str, field: Field) -> str:
        completer = FieldCompleter(self._app, self._event, command, field.name) if field.completes else DummyCompleter()
        return await self._answers.prompt_async(MARK, completer=completer, handle_sigint=False, set_exception_handler=False)

    async def above(self, show: Callable[[], None]) -> None:
        if get_app_or_none() is None:
            show()
        else:
            await run_in_terminal(show)


def _hint() -> StyleAndTextTuples:
    """What stands in an empty line, and goes when the line is left."""
    app = get_app()
    words = HINT if app.output.get_size().columns > len(HINT) + 4 else SHORT_HINT
    return [] if app.is_done else [("class:hint", words)]


def kept_history(folder: Path) -> History:
    """The history in the folder, for its owner's eyes alone; where it cannot be written, one that lasts for this time."""
    path = folder / HISTORY
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600))
    except OSError as trouble:
        log.warning("history not kept", errno=trouble.errno)
        return InMemoryHistory()
    return _KeptHistory(path)


def _is_empty(file: str | bytes | os.PathLike[str] | os.PathLike[bytes]) -> bool:
    try:
        return os.stat(file).st_size == 0
    except OSError:
        return True


class _KeptHistory(FileHistory):
    """A history that a full disk does not stop, and that forgets what it has read when its file is emptied."""

    async def load(self) -> AsyncGenerator[str, None]:
        if _is_empty(self.filename):
            self._loaded = False
        async for each in super().load():
            yield each

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string)
        except OSError as trouble:
            log.warning("line not kept in history", errno=trouble.errno)

    def load_history_strings(self) -> Iterable[str]:
        try:
            yield from super().load_history_strings()
        except OSError as trouble:
            log.warning("history not read", errno=trouble.errno)


def _session(history: History, completer: Completer) -> PromptSession[str]:
    return PromptSession(
        history=history,
        completer=completer,
        complete_while_typing=True,
        key_bindings=_keys(),
        enable_suspend=True,  # Ctrl-Z, as in any other program
        multiline=True,  # so that pasted lines stay together; Enter sends all the same
        prompt_continuation="  ",
        reserve_space_for_menu=MENU_ROWS,
        style=STYLE,
        interrupt_exception=Stopped,
        eof_exception=Closed,
    )


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def send(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("c-c")
    def stop(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=Stopped(), style="class:aborting")

    return keys
