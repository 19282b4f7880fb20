"""Markdown on the terminal: calm headings, clean code, visible addresses."""

from __future__ import annotations

from typing import ClassVar

from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from bots.terminal.blocks import reader

PARSED_AT_MOST = 200_000
"""Characters; a longer text is shown as it was written."""


class _Heading(Heading):
    """A bold line: Rich's own centres it, in a box."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        text = self.text
        text.justify = "left"
        text.stylize(Style(bold=True, underline=self.tag == "h1"))
        yield text


class _Code(CodeBlock):
    """Lines set in by two signs, without a ground of their own: what is to be copied is copied clean."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Padding(Text(str(self.text).rstrip(), style="cyan", overflow="fold"), (0, 0, 0, 2))


class Prose(Markdown):
    """Markdown as this surface shows it, without empty lines before and after."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
    }

    def __init__(self, markdown: str) -> None:
        super().__init__("", hyperlinks=False)
        self.markup, self.parsed = markdown, reader().parse(markdown)
        for token in self.parsed:
            if token.children:
                token.children = _without_bare_links(token.children)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        segments = Segments(each for each in super().__rich_console__(console, options) if isinstance(each, Segment))
        lines = console.render_lines(segments, options, pad=False)
        while lines and not _text(lines[0]).strip():
            lines.pop(0)
        while lines and not _text(lines[-1]).strip():
            lines.pop()
        for line in lines:
            yield from line
            yield Segment.line()


def prose(markdown: str) -> Prose | Text:
    """The text, rendered."""
    return Text(markdown) if len(markdown) > PARSED_AT_MOST else Prose(markdown)


def _without_bare_links(children: list[Token]) -> list[Token]:
    """The same words, without the link around an address that is its own label: it would be shown twice."""
    kept: list[Token] = []
    bare = False
    for at, token in enumerate(children):
        if token.type == "link_open":
            bare = at + 1 < len(children) and children[at + 1].content == token.attrs.get("href")
        if not (bare and token.type in ("link_open", "link_close")):
            kept.append(token)
        bare = bare and token.type != "link_close"
    return kept


def _text(line: list[Segment]) -> str:
    return "".join(segment.text for segment in line)
