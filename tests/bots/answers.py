"""Every answer of the real product, one after the other, for tests that show them on a surface."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

from bots.wiring import Program
from core.request import Actor, Address, Asked, Request, Said
from core.ui import Answer, Button, Buttons, Card, Ended, Live, Message

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


async def answers(program: Program, actor: Actor, address: Address) -> AsyncIterator[tuple[str, Answer]]:
    """Every command by its name, some with words, free words, and figures that are saved and reported."""
    number = 0
    listed = [
        (each.name, "") for each in program.app.catalog.commands.values() if each.listed and not each.name.startswith("mydata")
    ]
    for command, words in (*listed, *LIVED):
        number += 1
        asked = Asked(
            id=f"{number}", actor=actor, address=address, at=NOON + timedelta(minutes=number), command=command, words=words
        )
        answer = await _whole(program, asked)
        yield f"/{command} {words}", answer
        for button in [] if command != "kpi log" else _primary(answer):
            pressed = Asked(
                id=f"{number}p", actor=actor, address=address, at=asked.at, command=button.call.command, values=button.call.values
            )
            yield button.label, await _whole(program, pressed)
    for text in ("hello", "@Teacher what is a hook?", "@Writer and @Sage, what did I say?"):
        number += 1
        said = Said(id=f"{number}", actor=actor, address=address, at=NOON + timedelta(minutes=number), text=text)
        yield text, await _whole(program, said)
    yield (
        "report",
        await _whole(program, Asked(id="r", actor=actor, address=address, at=NOON + timedelta(days=1), command="kpi report")),
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
