"""The course as people see it: the ten modules, one module, a lesson, and the place where they are."""

from __future__ import annotations

from collections.abc import Sequence

from core.course.model import ModuleStatus, Standing
from core.course.modules import Grid, Module
from core.course.service import Place, Unfinished
from core.ui import Button, Buttons, Call, Card, Element, Menu, Message, Meter, Table, Text, Tone

LABEL_AT_MOST = 75


def modules(place: Place) -> Message:
    """The ten modules as a table, with a menu to open one."""
    table = Table(
        ("No.", "Module", "Status", "Ticks"),
        tuple((str(each.module.number), _named(each.module), each.status.value, _ticks(each)) for each in place.standings),
        numeric=frozenset({0, 3}),
    )
    options = tuple(Button(f"{each.module.number}. {_named(each.module)}", shown(each.module)) for each in place.standings)
    body: list[Element] = [table]
    if place.current:
        body.append(Buttons((Button(f"Go on with {place.current.module.step.value}", shown(place.current.module), True),)))
    return _message(Card("The ten modules", (*body, Menu("Open a module", options))))


def module(standing: Standing, told: str = "", foundation_first: bool = False) -> Message:
    """One module: what it is for, where it stands, its checklist, its lessons and the next step."""
    here = standing.module
    words = f"{here.objective.strip()}\n\n*Needs:* {here.takes.strip()}"
    about = Card(
        f"Module {here.number}, {here.step.value}: {here.title}",
        (
            Text(words),
            *([_foundation_first()] if foundation_first else []),
            Buttons((*(_lesson(here, at) for at in range(1, len(here.lessons) + 1)), *_readings(here))),
        ),
    )
    return _message(about, checklist(standing), told=told)


def checklist(standing: Standing) -> Card:
    """The items with their ticks, what the next one needs, and what can be done."""
    here = standing.module
    lines = [
        f"{'[x]' if at in standing.ticked else '[ ]'} {at}. {item.text.strip()}{_by(item.prompts)}"
        for at, item in enumerate(here.checklist, start=1)
    ]
    body: list[Element] = [
        Meter(standing.status.value, standing.done, standing.total),
        Text("\n".join(f"- {line}" for line in lines)),
        *([Text(f"*Your notes:* {standing.progress.notes}")] if standing.progress and standing.progress.notes else []),
        *_next_steps(standing),
    ]
    tone = Tone.GOOD if standing.completed else Tone.PLAIN
    return Card("Checklist", tuple(body), tone)


def lesson(here: Module, number: int) -> Message:
    """A lesson, with the way back and on."""
    text = here.lessons[number - 1]
    ways = [_lesson(here, at, label) for at, label in ((number - 1, "Back"), (number + 1, "Next lesson")) if _has(here, at)]
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
    return _message(overview(here.grid), *cards, Card(body=(Buttons((Button("To the checklist", shown(here)),)),)))


def overview(cells: Grid) -> Card:
    """The grid's rows and columns at a glance."""
    rows = tuple((name, *(f"{'ABC'[at]}{column}" for column in (1, 2, 3))) for at, name in enumerate(cells.rows))
    return Card("The grid", (Table(("", *cells.columns), rows),))


def example(here: Module) -> Message:
    """What the made-up shop did in this module."""
    back = Buttons((Button("To the checklist", shown(here)),))
    return _message(Card(f"Example: {here.example.title}", (Text(here.example.text.strip()), back)))


def guide(here: Module) -> Message:
    """How to put the module into practice, what goes wrong, and what done means."""
    mistakes = "\n".join(f"- {each.mistake.strip()} *Instead:* {each.instead.strip()}" for each in here.mistakes)
    done = "\n".join(f"- {each.strip()}" for each in here.done)
    back = Buttons((Button("To the checklist", shown(here)),))
    return _message(
        Card(f"{here.step.value}: put it into practice", (Text(here.implementation.strip()),)),
        Card("What goes wrong", (Text(mistakes),)),
        Card("Done means", (Text(done), back)),
    )


def unfinished(asked: Unfinished) -> Message:
    """The one question before a module is completed with something open."""
    here = asked.standing.module
    yes = Button("Complete it", Call("module complete", {"module": str(here.number), "all_the_same": "yes"}), primary=True)
    buttons = Buttons((yes, Button("Not yet", shown(here))))
    return _message(Card(f"Complete {here.step.value}?", (Text(asked.question), buttons), Tone.CAREFUL))


def completed(standing: Standing, place: Place) -> Message:
    """A module is done: what it hands on, and what comes next."""
    here = standing.module
    body: list[Element] = [Text(f"{here.hands_on.strip()}\n\nFor the community: {here.community_question.strip()}")]
    if place.current:
        body.append(Text(place.why))
        label = f"Go on with {place.current.module.step.value}"
        body.append(Buttons((Button(label, shown(place.current.module), primary=True),)))
    else:
        body.append(Text(place.why))
    return _message(Card(f"{here.step.value} is completed", tuple(body), Tone.GOOD))


def progress(place: Place, foundation: Sequence[Meter]) -> Message:
    """Where the person is, what is next and why, in one screen."""
    rows = tuple((str(each.module.number), each.module.step.value, each.status.value, _ticks(each)) for each in place.standings)
    table = Table(("No.", "Step", "Status", "Ticks"), rows, numeric=frozenset({0, 3}))
    meters = (Meter("Modules completed", place.completed, len(place.standings)), *foundation)
    return _message(next_card(place), Card("The whole course", (*meters, table)))


def next_card(place: Place) -> Card:
    """What is next, why, and the buttons that lead there."""
    if place.current is None:
        return Card("You have been through all ten", (Text(place.why), Buttons((Button("Your figures", Call("kpi report")),))))
    here = place.current.module
    body: list[Element] = [Text(place.why)]
    if place.next_item and not place.foundation_first:
        number, item = place.next_item
        body.append(Text(f"**Next, item {number}:** {item.text.strip()}"))
    body.append(Buttons((*_next_buttons(place.current, place.foundation_first), Button("Open the module", shown(here)))))
    return Card(f"You are in module {here.number}, {here.step.value}", tuple(body))


def shown(here: Module) -> Call:
    """What opens the module."""
    return Call("module show", {"module": str(here.number)})


def _next_steps(standing: Standing) -> list[Element]:
    """Everything that can be done to a module next."""
    here, known = standing.module, {"module": str(standing.module.number)}
    buttons = _next_buttons(standing)
    if standing.status is ModuleStatus.IN_PROGRESS:
        label = f"Complete {here.step.value}"
        buttons.append(Button(label, Call("module complete", known), primary=not standing.open_items))
    buttons.append(Button("Notes", Call("module note", known)))
    menu = _tick_menu(standing) if len(standing.open_items) > 1 and standing.progress else []
    return [Buttons(tuple(buttons)), *menu]


def _next_buttons(standing: Standing, foundation_first: bool = False) -> list[Button]:
    """The one next thing, and the prompts that help with it."""
    here, known = standing.module, {"module": str(standing.module.number)}
    buttons = [Button("Fill the Foundation", Call("foundation"), primary=True)] if foundation_first else []
    if standing.status is ModuleStatus.NOT_STARTED:
        buttons.append(Button(f"Start {here.step.value}", Call("module start", known), primary=not foundation_first))
    elif standing.open_items:
        number, item = standing.open_items[0]
        buttons += [Button(f"Run {code}", Call("run", {"code": code})) for code in item.prompts[:3]]
        tick = Call("module tick", {**known, "item": str(number)})
        buttons.append(Button(f"Item {number} is done", tick, primary=not foundation_first))
    return buttons


def _tick_menu(standing: Standing) -> list[Element]:
    options = tuple(
        Button(
            _cut(f"{number}. {item.text.strip()}"),
            Call("module tick", {"module": str(standing.module.number), "item": str(number)}),
        )
        for number, item in standing.open_items
    )
    return [Menu("Tick another", options)]


def _readings(here: Module) -> tuple[Button, ...]:
    known = {"module": str(here.number)}
    names = (
        ("Grid", "module grid"),
        ("Worksheet", "module worksheet"),
        ("Example", "module example"),
        ("Put it into practice", "module guide"),
    )
    return tuple(Button(label, Call(name, known)) for label, name in names)


def _lesson(here: Module, number: int, label: str = "") -> Button:
    call = Call("module lesson", {"module": str(here.number), "lesson": str(number)})
    return Button(_cut(label or f"{number}. {here.lessons[number - 1].title}"), call, primary=label == "Next lesson")


def _has(here: Module, number: int) -> bool:
    return 1 <= number <= len(here.lessons)


def _foundation_first() -> Text:
    return Text("Some Foundation cells that this module reads from are still empty: /foundation shows which.")


def _by(prompts: Sequence[str]) -> str:
    return f" ({', '.join(prompts)})" if prompts else ""


def _ticks(standing: Standing) -> str:
    return f"{standing.done} of {standing.total}"


def _named(here: Module) -> str:
    return f"{here.step.value}: {here.title}"


def _quoted(text: str) -> str:
    return text.strip().replace("\n", "\n> ")


def _cut(text: str) -> str:
    return text if len(text) <= LABEL_AT_MOST else text[: LABEL_AT_MOST - 1].rstrip() + "…"


def _message(*cards: Card, told: str = "") -> Message:
    return Message(text=told, cards=cards, private=True)
