"""A message as it stands on a terminal of usual width."""

from __future__ import annotations

import io

from markupsafe import Markup
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bots.terminal.ready import Readying
from bots.terminal.screen import Screen
from bots.web.tags import tag
from core.request import File
from core.ui import Message
from tests.pictures.drawing import framed

COLUMNS = 68
THEME = TerminalTheme(
    (22, 24, 29),
    (214, 217, 224),
    [
        (22, 24, 29),
        (240, 113, 120),
        (145, 199, 136),
        (229, 192, 123),
        (130, 170, 255),
        (199, 146, 234),
        (86, 197, 208),
        (214, 217, 224),
    ],
)
"""Quiet colours on a dark ground: ground, words, and the eight by their numbers."""


def drawn(shown: Message, typed: str) -> str:
    """The page, with the line that was typed."""
    console = Console(
        file=io.StringIO(), record=True, force_terminal=True, color_system="standard", width=COLUMNS, legacy_windows=False
    )
    console.print(Text.assemble(("› ", "bold cyan"), typed))
    screen = Screen(console)
    screen.heard()
    screen.show(Readying(_kept, attended=True).ready(shown))
    console.print(Text("› ", "bold cyan"), end="")
    lines = console.export_html(theme=THEME, inline_styles=True, code_format="{code}")
    return framed("terminal", "elevate", "", tag("pre", Markup(lines)))


def _kept(file: File) -> File:
    return file
