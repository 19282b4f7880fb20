"""The course as people see it: the ten modules, one module with its checklist, and the place where they are."""

from __future__ import annotations

from collections.abc import Sequence

from core.course.model import ModuleStatus, Standing
from core.course.modules import Module
from core.course.ports import Made
from core.course.service import Place, Unfinished
from core.course.streak import Streak
from core.course.ways import done_when, fitting, handed_on, readings, shown
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Meter, Table, Text, Tone

_FILL = Button("Fill the Foundation", Call("foundation"), primary=True)
_AFTER = Buttons(
    (
        Button("Your figures", Call("kpi report"), primary=True),
        Button("My weakest link", Call("kpi diagnosis")),
        Button("Home", Call("home")),
    )
)
"""Where to from the end of the course: measure, and find what to improve."""


def modules(place: Place) -> Message:
    """The ten modules as a table, with a menu to open one: by its step alone, for a terminal numbers what can be pressed."""
    table = Table(
        ("Module", "Step", "Status", "Ticks"),
        tuple((str(each.module.number), _named(each.module), each.status.said, _ticks(each)) for each in place.standings),
        numeric=frozenset({0, 3}),
    )
    options = tuple(Button(each.module.step.value, shown(each.module)) for each in place.standings)
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
            *readings(here),
        ),
    )
    return _message(about, checklist(standing), told=told)


def checklist(standing: Standing) -> Card:
    """The items with their ticks, what the next one needs, and what can be done."""
    here = standing.module
    lines = [
        f"{at}. [x] {item.text.strip()}" if at in standing.ticked else f"{at}. [ ] {item.text.strip()}{_by(item.prompts)}"
        for at, item in enumerate(here.checklist, start=1)
    ]
    body: list[Element] = [
        Meter(standing.status.said, standing.done, standing.total),
        Text("\n".join(lines)),
        *([Text(f"*Your notes:* {standing.progress.notes}")] if standing.progress and standing.progress.notes else []),
        *_next_steps(standing),
    ]
    tone = Tone.GOOD if standing.completed else Tone.PLAIN
    return Card("Checklist", tuple(body), tone)


def unfinished(asked: Unfinished) -> Message:
    """The one question before a module is completed with something open."""
    here = asked.standing.module
    yes = Button("Complete it", Call("module complete", {"module": str(here.number), "all_the_same": "yes"}), primary=True)
    buttons = Buttons((yes, Button("Not yet", shown(here))))
    return _message(Card(f"Complete {here.step.value}?", (Text(asked.question), done_when(here), buttons), Tone.CAREFUL))


def completed(standing: Standing, place: Place) -> Message:
    """A module is done: what it hands on, and what comes next."""
    here = standing.module
    body: list[Element] = [Text(handed_on(here)), Text(place.why)]
    if place.current:
        on = Button(f"Go on with {place.current.module.step.value}", shown(place.current.module), not place.foundation_first)
        body.append(Buttons((*([_FILL] if place.foundation_first else []), on)))
    else:
        body.append(_AFTER)
    return _message(Card(f"{here.step.value} is completed", tuple(body), Tone.GOOD))


def progress(following: Card, place: Place, foundation: Sequence[Meter], made: Made, weeks: Streak) -> Message:
    """What is `following` and why, where the person is, what they have made, and how steadily it goes live: in one screen."""
    rows = tuple((str(each.module.number), each.module.step.value, each.status.said, _ticks(each)) for each in place.standings)
    table = Table(("Module", "Step", "Status", "Ticks"), rows, numeric=frozenset({0, 3}))
    filled = Meter("Foundation", sum(each.done for each in foundation), sum(each.total for each in foundation))
    meters = (Meter("Modules completed", place.completed, len(place.standings)), filled)
    facts = Facts((("Assets", _made(made)), ("Weeks in a row with something live", weeks.words)))
    return _message(following, Card("The whole course", (*meters, facts, table)))


def _made(made: Made) -> str:
    """How many assets stand where."""
    words = (("draft", "Draft"), ("live", "Implemented"), ("archived", "Archived"))
    parts = [f"{made.by_status[status]} {word}" for word, status in words if made.by_status.get(status)]
    return ", ".join(parts) or "none yet; run a prompt and save what you like"


def next_card(place: Place) -> Card:
    """What is next, why, and the buttons that lead there."""
    if place.current is None:
        return Card("You have been through all ten", (Text(place.why), _AFTER))
    here, under_way = place.current.module, place.current.done and place.current.open_items and not place.foundation_first
    are = "is" if place.current.done == 1 else "are"
    body: list[Element] = [Text(f"{_ticks(place.current)} items {are} done." if under_way else place.why)]
    if place.next_item and not place.foundation_first:
        number, item = place.next_item
        body.append(Text(f"**Next, item {number}:** {item.text.strip()}"))
    body.append(Buttons((*_next_buttons(place.current, place.foundation_first), Button("Open the module", shown(here)))))
    return Card(f"You are in module {here.number}, {here.step.value}", tuple(body))


def _next_steps(standing: Standing) -> list[Element]:
    """Everything that can be done to a module next."""
    here, known = standing.module, {"module": str(standing.module.number)}
    buttons = _next_buttons(standing)
    if standing.status is ModuleStatus.IN_PROGRESS:
        label = f"Complete {here.step.value}"
        buttons.append(Button(label, Call("module complete", known), primary=not standing.open_items))
    buttons.append(Button("Notes", Call("module note", known)))
    return [Buttons(tuple(buttons)), *_tick_menus(standing)]


def _next_buttons(standing: Standing, foundation_first: bool = False) -> list[Button]:
    """The one next thing, and the prompts that help with it."""
    here, known = standing.module, {"module": str(standing.module.number)}
    buttons = [_FILL] if foundation_first else []
    if standing.status is ModuleStatus.NOT_STARTED:
        buttons.append(Button(f"Start {here.step.value}", Call("module start", known), primary=not foundation_first))
    elif standing.open_items:
        number, item = standing.open_items[0]
        tick = Call("module tick", {**known, "item": str(number)})
        buttons.append(Button(f"Item {number} is done", tick, primary=not foundation_first))
        buttons += [Button(fitting(here.run(code)), Call("run", {"code": code})) for code in item.prompts[:3]]
    return buttons


def _tick_menus(standing: Standing) -> list[Element]:
    """The other open items, and those whose tick can be taken back, by their numbers: what they say stands in the list above."""
    begun = standing.status is not ModuleStatus.NOT_STARTED
    others = [number for number, _ in standing.open_items[1 if begun else 0 :]]
    menus = (
        ("Tick another" if begun else "Tick", "module tick", others),
        ("Take back", "module untick", sorted(standing.ticked)),
    )
    return [
        Menu(label, tuple(_item_button(standing.module, name, number) for number in numbers))
        for label, name, numbers in menus
        if numbers
    ]


def _item_button(here: Module, command: str, number: int) -> Button:
    return Button(f"Item {number}", Call(command, {"module": str(here.number), "item": str(number)}))


def _foundation_first() -> Text:
    return Text("Some Foundation cells that this module reads from are still empty: /foundation shows which.")


def _by(prompts: Sequence[str]) -> str:
    return f" ({', '.join(prompts)})" if prompts else ""


def _ticks(standing: Standing) -> str:
    return f"{standing.done} of {standing.total}"


def _named(here: Module) -> str:
    return f"{here.step.value}: {here.title}"


def _message(*cards: Card, told: str = "") -> Message:
    return Message(text=told, cards=cards, private=True)
