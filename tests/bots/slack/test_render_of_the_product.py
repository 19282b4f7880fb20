"""Every answer of the real product is one that Slack takes, with each newer thing and without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bots.settings import Settings
from bots.slack.render import home, page_posts, posts, to_draw
from bots.slack.wording import reserved, worded, worded_page
from bots.wiring import Program, build
from core.request import Actor, Address, Asked, Platform, Request, Said
from core.ui import Answer, Button, Buttons, Card, Ended, Live, Message, Page
from tests.bots.slack.sound import refused, refused_home
from tests.bots.slack.test_render import WAYS

NORA = Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London")
PLACE = Address(Platform.SLACK, "T1", "D1", "1.1")
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
LIVED = (
    ("kpi log", "ctr 1.9% leads 200 orders 10 revenue 900"),
    ("kpi show", "ctr"),
    ("module show", "1"),
    ("module lesson", "1"),
    ("module grid", "1"),
    ("module example", "1"),
    ("module start", "1"),
    ("run", "F1"),
    ("run", "F9"),
    ("help", "kpi"),
    ("modul", ""),
    ("module", "ninety"),
)
"""What needs a word, beside every command by its bare name."""


async def test_slack_takes_every_answer_of_the_product(tmp_path: Path) -> None:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        kept = reserved(frozenset(program.app.catalog.groups))
        assert kept == {"me"}
        seen = 0
        async for name, answer in _answers(program):
            if isinstance(answer, Message):
                seen += 1
                _sound(name, worded(answer, kept))
            elif isinstance(answer, Page):
                page = worded_page(answer, kept)
                assert (name, refused_home(home(page))) == (name, [])
                assert [refused(each) for way in WAYS for each in page_posts(page, way) if refused(each)] == []
        assert seen > 25


def _sound(name: str, message: Message) -> None:
    for way in WAYS:
        drawn = dict.fromkeys(to_draw(message.cards, way), b"\x89PNG")
        shown = posts(message, way, drawn)
        assert shown, name
        assert (name, way, [refused(each) for each in shown if refused(each)]) == (name, way, [])
        assert len(shown) <= 3, f"{name} is more than a phone's reader wants: {len(shown)} posts"
        assert not any("/me " in f"{each.text} " or "`/me`" in each.text for each in shown), name


async def _answers(program: Program) -> AsyncIterator[tuple[str, Answer]]:
    """Every command by its name, some with words, free words, and figures that are saved and reported."""
    number = 0
    listed = [
        (each.name, "") for each in program.app.catalog.commands.values() if each.listed and not each.name.startswith("mydata")
    ]
    for command, words in (*listed, *LIVED):
        number += 1
        asked = Asked(
            id=f"{number}", actor=NORA, address=PLACE, at=NOON + timedelta(minutes=number), command=command, words=words
        )
        answer = await _whole(program, asked)
        yield f"/{command} {words}", answer
        for button in [] if command != "kpi log" else _primary(answer):
            pressed = Asked(
                id=f"{number}p", actor=NORA, address=PLACE, at=asked.at, command=button.call.command, values=button.call.values
            )
            yield button.label, await _whole(program, pressed)
    for text in ("hello", "@Teacher what is a hook?", "@Writer and @Sage, what did I say?"):
        number += 1
        said = Said(id=f"{number}", actor=NORA, address=PLACE, at=NOON + timedelta(minutes=number), text=text)
        yield text, await _whole(program, said)
    yield (
        "report",
        await _whole(program, Asked(id="r", actor=NORA, address=PLACE, at=NOON + timedelta(days=1), command="kpi report")),
    )


async def _whole(program: Program, request: Request) -> Answer:
    answer = await program.app.handle(request)
    if not isinstance(answer, Live):
        return answer
    async with aclosing(answer.updates):
        ended = [update.message async for update in answer.updates if isinstance(update, Ended)]
    return ended[-1]


def _primary(answer: Answer) -> list[Button]:
    cards: tuple[Card, ...] = answer.cards if isinstance(answer, Message) else ()
    rows = [each for card in cards for each in card.body if isinstance(each, Buttons)]
    return [item for row in rows for item in row.items if isinstance(item, Button) and item.primary]
