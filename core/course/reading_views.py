"""What there is to read in a module: its lessons, its grid, the example and the guide."""

from __future__ import annotations

from core.course.modules import Grid, Module
from core.course.ways import done_when, handed_on, lesson_button, shown, to_the_checklist
from core.ui import Button, Buttons, Card, Message, Table, Text


def lesson(here: Module, number: int) -> Message:
    """A lesson, with the way back and on."""
    text = here.lessons[number - 1]
    ways = [lesson_button(here, at, label) for at, label in ((number - 1, "Back"), (number + 1, "Next lesson")) if _has(here, at)]
    last = number == len(here.lessons)
    ways.append(Button("To the checklist", shown(here), primary=last))
    title = f"{here.step.value}, lesson {number} of {len(here.lessons)}: {text.title}"
    return _message(Card(title, (Text(text.text.strip()), Buttons(tuple(ways)))))


def grid(here: Module) -> Message:
    """The nine cells: what belongs there, and what the made-up shop wrote."""
    cards = []
    for row, name in enumerate(here.grid.rows):
        cells = here.grid.cells[row * 3 : row * 3 + 3]
        texts = (
            f"**{each.place}. {column}.** {each.meaning.strip()}\n{each.question.strip()}\n> {_quoted(each.example)}"
            for each, column in zip(cells, here.grid.columns, strict=True)
        )
        cards.append(Card(f"{here.step.value} grid: {name}", (Text("\n\n".join(texts)),)))
    return _message(_overview(here.grid), *cards, Card(body=(to_the_checklist(here),)))


def example(here: Module) -> Message:
    """What the made-up shop did in this module."""
    return _message(Card(f"Example: {here.example.title}", (Text(here.example.text.strip()), to_the_checklist(here))))


def guide(here: Module) -> Message:
    """How to put the module into practice, what goes wrong, and what done means."""
    mistakes = "\n".join(f"- {each.mistake.strip()} *Instead:* {each.instead.strip()}" for each in here.mistakes)
    return _message(
        Card(f"{here.step.value}: put it into practice", (Text(here.implementation.strip()),)),
        Card("What goes wrong", (Text(mistakes),)),
        Card(f"{here.step.value} is done", (done_when(here), Text(handed_on(here)), to_the_checklist(here))),
    )


def _overview(cells: Grid) -> Card:
    """The grid's rows and columns at a glance."""
    rows = tuple((name, *(f"{'ABC'[at]}{column}" for column in (1, 2, 3))) for at, name in enumerate(cells.rows))
    return Card("The grid", (Table(("", *cells.columns), rows),))


def _has(here: Module, number: int) -> bool:
    return 1 <= number <= len(here.lessons)


def _quoted(text: str) -> str:
    return text.strip().replace("\n", "\n> ")


def _message(*cards: Card) -> Message:
    return Message(cards=cards, private=True)
