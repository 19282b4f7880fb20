"""An answer that grows: finished blocks are printed for good, and only what is unfinished is drawn again."""

from __future__ import annotations

import asyncio

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.live import Live as Region
from rich.spinner import Spinner
from rich.text import Text as Words

from bots.terminal import render
from bots.terminal.blocks import Blocks
from bots.terminal.prose import prose
from core.plans import Plan, Step
from core.ui import Message, Speaker

FRAMES = 10
"""Pictures a second."""
PARSED_AT_MOST = 4_000
"""Signs of unfinished text that are drawn as Markdown again and again; of more, only the end is shown, as it came."""


class Growing:
    """The live region, and the text above it that is finished. Lines above the region are never drawn again."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._speaker: Speaker | None = None
        self._named = False
        self._blocks = Blocks()
        self._steps: dict[str, Step] = {}
        self._planned: dict[str, str] = {}
        self._spinner = Spinner("dots", style="cyan")
        self._above = ""
        self._ticking: asyncio.TimerHandle | None = None
        # Rich would draw from a thread of its own, which garbles what is printed above at the same moment.
        self._region = Region(
            self,
            console=console,
            auto_refresh=False,
            transient=True,
            vertical_overflow="crop",
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def start(self) -> None:
        """Show the region, and keep it moving."""
        self._region.start(refresh=True)
        self._tick()

    def stop(self) -> None:
        """Take it away."""
        if self._ticking is not None:
            self._ticking.cancel()
            self._region.stop()

    def _tick(self) -> None:
        self._region.refresh()
        self._ticking = asyncio.get_running_loop().call_later(1 / FRAMES, self._tick)

    def begin(self, speaker: Speaker | None) -> None:
        """Someone starts to talk."""
        self.finish()
        self._speaker, self._named = speaker, False

    def grow(self, text: str) -> None:
        """Their words go on; whole blocks are printed."""
        self._print_blocks(self._blocks.grow(text))

    def step(self, step: Step) -> None:
        """A piece of work; it is printed when it is over."""
        self._steps[step.key] = step
        if step.state in ("done", "failed"):
            del self._steps[step.key]
            self._print(render.step(step), "step")

    def plan(self, plan: Plan) -> None:
        """A plan: what is done of it is printed, and what is still to be done stays in sight."""
        self.finish()
        for each in plan.steps:
            if self._planned.get(each.key) != each.state:
                self.step(each)
            self._planned[each.key] = each.state

    def end(self, message: Message) -> None:
        """They are done: the rest of the text, then the cards."""
        self.finish(message.text)
        if message.cards or message.files:
            self._name()
            self._console.print(render.after_text(message), markup=False, highlight=False, emoji=False)
            self._above = "cards"

    def finish(self, whole: str = "") -> None:
        """Print whatever is left of the text; `whole` is all of it, where more is known than came."""
        self._print_blocks(self._blocks.end(whole))
        self._blocks = Blocks()

    def _print_blocks(self, markdown: str) -> None:
        if markdown.strip():
            self._name()
            self._print(prose(markdown), "text")

    def _name(self) -> None:
        if self._speaker and not self._named:
            self._named = True
            self._print(render.speaker(self._speaker), "name")

    def _print(self, shown: RenderableType, kind: str) -> None:
        """Print for good, an empty line apart from what stands above: but not text from its speaker, nor step from step."""
        gap = self._gap_before(kind)
        self._above = kind
        self._console.print(Group(Words(""), shown) if gap else shown, markup=False, highlight=False, emoji=False)

    def _gap_before(self, kind: str) -> bool:
        return self._above != "" and (self._above, kind) not in (("name", "text"), ("step", "step"))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What the region shows: the end of the unfinished block, the steps under way, and that someone thinks."""
        who = self._speaker.name if self._speaker else ""
        rest = self._blocks.rest.strip("\n")
        if rest.strip():
            named = self._speaker is None or self._named
            if self._gap_before("text" if named else "name"):
                yield Words("")
            if self._speaker and not named:
                yield render.speaker(self._speaker)
            yield Tail(rest)
        for step in self._steps.values():
            yield render.step(step)
        self._spinner.text = Words(
            f"{who} is {'writing' if self._blocks.said else 'thinking'}" if who else "One moment", style="dim"
        )
        yield self._spinner


class Tail:
    """The last lines of an unfinished block: as many as the screen has room for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(3, console.size.height - 8)
        long = len(self._text) > PARSED_AT_MOST
        shown: RenderableType = Words(self._text[-room * options.max_width :]) if long else prose(self._text)
        lines = console.render_lines(shown, options, pad=False, new_lines=True)
        for line in lines[-room:]:
            yield from line
