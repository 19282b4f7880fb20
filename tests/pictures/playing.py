"""A student and a coach who use the whole program by a clock of their own, and the cards that they see in the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bots.settings import Settings
from bots.wiring import Program, build
from core import plain
from core.request import Actor, Asked, Platform
from core.ui import Button, Buttons, Message, Page, Tone

BEGINS = datetime(2026, 9, 14, 8, 40, tzinfo=UTC)
"""A Monday, from which on Nora logs her figures."""
COURSE_BEGINS = "2026-10-12"
WEEK = timedelta(weeks=1)
WENT_LIVE = 4
"""Weeks after which the headline is live."""
FIGURES = (
    "ctr 1.2% leads 42 orders 6 revenue 330",
    "ctr 1.1% leads 39 orders 5 revenue 290",
    "ctr 1.3% leads 44 orders 7 revenue 371",
    "ctr 1.2% leads 41 orders 6 revenue 342",
    "ctr 1.9% leads 63 orders 9 revenue 504",
    "ctr 2.1% leads 71 orders 10 revenue 560",
    "ctr 2.0% leads 69 orders 9 revenue 517",
    "ctr 2.3% leads 78 orders 12 revenue 684",
)
"""Of each week, as Nora types them."""
HEADLINE = {"step": "Hook", "asset_type": "Headline", "title": "Half a loaf", "content": "Stop throwing away half a loaf."}
CHECKLIST = {
    "step": "Gift",
    "asset_type": "Checklist",
    "title": "A larder for two",
    "content": "Ten jars, and what goes in them.",
}
COMPLETED: Mapping[str, tuple[int, int]] = {
    "Nora": (4, 3),
    "Omar": (4, 1),
    "Aisha": (3, 6),
    "Ben": (3, 2),
    "Kim": (2, 4),
    "Zoe": (1, 2),
}
"""How many modules each completed, and ticks in the next."""
ITEMS, LEFT_OPEN = 8, {("Aisha", 1): 2, ("Kim", 0): 4}
"""Of each checklist; and how many of them somebody left open who closed the module all the same, by its number."""
SILENT = {"Zoe": 15, "Kim": 8}
"""Days since somebody was last here."""
QUESTION = "My jars cost more than the market’s. Do I say so, or hide it?"


def actor(name: str, *, installer: bool = False) -> Actor:
    """Somebody of the cohort."""
    return Actor(Platform.SLACK, "T1", name.upper(), name, "Europe/London", installer=installer)


NORA, CORA = actor("Nora"), actor("Cora", installer=True)


@dataclass(frozen=True, slots=True)
class Card:
    """An answer of the core's, as it is drawn on every surface. `typed` asked for it, and on the web it stands at `path`."""

    who: Actor
    typed: str
    message: Message
    path: str


@dataclass
class Played:
    """The program, and how late it is in it."""

    program: Program
    now: datetime = BEGINS
    asked: int = field(default=0)

    async def does(self, who: Actor, command: str, words: str = "", **values: str) -> Message:
        """What somebody is shown for a command, with a form's values where it has some."""
        self.asked += 1
        answer = await self.program.app.handle(
            Asked(
                id=f"event {self.asked}",
                actor=who,
                address=who.direct,
                at=self.now,
                command=command,
                words=words,
                values=values,
                direct=True,
                submitted=bool(values),
            )
        )
        match answer:
            case Message(cards=(only,)) if only.tone is Tone.BAD and not only.title:
                raise LookupError(f"/{command} was refused: {plain.message(answer)}")
            case Message():
                return answer
            case Page(title, cards):
                return Message(title, cards)
            case _:
                raise LookupError(f"/{command} did not come to its end: {answer}")

    async def presses(self, who: Actor, shown: Message, label: str) -> Message:
        """What comes of a button."""
        rows = (each for card in shown.cards for each in card.body if isinstance(each, Buttons))
        found = [each for row in rows for each in row.items if isinstance(each, Button) and each.label == label]
        return await self.does(who, found[0].call.command, **{key: str(value) for key, value in found[0].call.values.items()})

    async def rolls_up(self) -> None:
        """The clock ticks once, so that the coach's lists are up to date."""
        work = self.program.work(())
        async with work.going_on(lambda: 0.0):
            while True:
                if work.looked()["clock"] is not None:
                    return
                await asyncio.sleep(0.01)  # the tick is the program's own, in the background


@asynccontextmanager
async def played(folder: Path) -> AsyncGenerator[tuple[Played, Mapping[str, Card]], None]:
    """Eight weeks of a cohort on a fresh record, and what is shown on the Monday after."""
    clock: list[Played] = []
    settings = Settings.model_validate({"ELEVATE_DATA_DIR": folder})
    async with build(settings, clock=lambda: clock[0].now if clock else BEGINS) as program:
        here = Played(program)
        clock.append(here)
        await here.does(CORA, "cohort new", name="Autumn 2026", starts_on=COURSE_BEGINS)
        for at, figures in enumerate(FIGURES):
            if at == WENT_LIVE:
                await here.does(NORA, "assets add", **HEADLINE)
                await here.does(NORA, "assets implement", asset="1")
            here.now += WEEK
            await here.presses(NORA, await here.does(NORA, "kpi log", f"week {figures}"), "Save")
        await _the_cohort(here)
        await here.rolls_up()
        impact, digest = await here.does(NORA, "kpi impact", asset="1"), await here.does(CORA, "cohort digest")
        yield (
            here,
            {
                "impact": Card(NORA, "/kpi impact 1", impact, "/do/kpi/impact?v%3Aasset=1"),
                "digest": Card(CORA, "/cohort digest", digest, "/do/cohort/digest?_words="),
            },
        )


async def _the_cohort(here: Played) -> None:
    """What they did of the course by now: most of them lately, and two of them nothing for a while."""
    today = here.now
    for name, (modules, ticks) in COMPLETED.items():
        here.now = today - timedelta(days=SILENT.get(name, 2))
        await _completes(here, actor(name), modules, ticks)
    here.now = today - timedelta(days=1)
    await here.does(actor("Omar"), "assets add", **CHECKLIST)
    await here.does(actor("Omar"), "assets implement", asset="1")
    here.now = today - timedelta(hours=15)
    await here.does(actor("Ben"), "person ask", about=QUESTION)
    here.now = today


async def _completes(here: Played, who: Actor, modules: int, ticks: int) -> None:
    done = [ITEMS - LEFT_OPEN.get((who.name, module), 0) for module in range(modules)]
    for module, items in enumerate([*done, ticks]):
        for item in range(1, items + 1):
            await here.does(who, "module tick", module=str(module), item=str(item))
        if module < modules:
            await here.does(who, "module complete", module=str(module), all_the_same="yes")
