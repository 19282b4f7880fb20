"""Assets as people see them: the list, and one opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.assets.model import AssetStatus, Entry, Opened, Origin
from core.course.steps import Step
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Link, Menu, Message, Table, Text, Tone

LISTED_AT_MOST = 20
LABEL_AT_MOST = 70
NAMED_AT_MOST = 4

LIVE = "It is live"
MOVES = {
    AssetStatus.DRAFT: ((LIVE, "assets implement"), ("Archive", "assets archive")),
    AssetStatus.IMPLEMENTED: (
        ("Day and link", "assets implement"),
        ("Before and after", "kpi impact"),
        ("Archive", "assets archive"),
        ("Back to draft", "assets draft"),
    ),
    AssetStatus.ARCHIVED: (("Back to draft", "assets draft"),),
}


def listing(
    person: Person, entries: Sequence[Entry], step: Step | None, status: AssetStatus | None, title: str = "Your assets"
) -> Message:
    """A table by step, newest first within each, with a menu to open one and buttons that narrow the list."""
    if not entries:
        return nothing(step, status)
    shown = sorted(entries[:LISTED_AT_MOST], key=lambda each: each.heading.elevate_step.number)
    table = Table(
        ("No.", "Title", "Step", "Status", "Changed"),
        tuple(
            (
                str(each.number),
                cut(each.heading.title, 40),
                each.heading.elevate_step.value,
                each.heading.status.value,
                day(person, each.heading.last_updated_at),
            )
            for each in shown
        ),
        numeric=frozenset({0}),
    )
    more = len(entries) - len(shown)
    left = (Text(f"{more} older ones are not shown. Narrow the list by step or status."),) if more > 0 else ()
    return Message(cards=(Card(title, (table, *left, _opener(shown), *_narrower(step, status))),), private=True)


def nothing(step: Step | None, status: AssetStatus | None) -> Message:
    """What to do where a list is empty."""
    where = f" for {step.value}" if step else ""
    kind = f" with the status {status.value}" if status else ""
    words = f"You have kept nothing{where}{kind} yet. Run a prompt and save what you like, or add what you made elsewhere."
    known = {"step": step.value} if step else {}
    buttons = [Button("Add something", Call("assets add", known, form=True), primary=True)]
    if step or status:
        buttons.append(Button("All assets", Call("assets list")))
    return Message(cards=(Card("Your assets", (Text(words), Buttons(tuple(buttons)))),), private=True)


def opened(person: Person, shown: Opened, origin: Origin | None = None, told: str = "") -> Message:
    """One asset whole, with where it came from and what can be done to it."""
    asset = shown.asset
    facts = [
        ("Step", asset.elevate_step.value),
        ("Kind", asset.asset_type),
        ("Status", asset.status.value),
        ("Kept on", day(person, asset.created_at)),
    ]
    if asset.channel:
        facts.insert(2, ("Channel", asset.channel))
    if asset.implemented_at:
        facts.append(("Live since", day(person, asset.implemented_at)))
    if origin:
        facts.append(("Made by", _made_by(person, origin)))
    here = {"asset": asset.id}
    moves = [Button(label, Call(name, here), primary=label == LIVE) for label, name in MOVES[asset.status]]
    others = (("Edit", "assets edit"), ("Copy", "assets copy"))
    buttons = Buttons(
        (
            *moves,
            *(Button(label, Call(name, here)) for label, name in others),
            *((Link("See it live", asset.link),) if asset.link else ()),
            *((_see(origin),) if origin and not origin.changed else ()),
            Button("All assets", Call("assets list")),
        )
    )
    tone = Tone.GOOD if asset.status is AssetStatus.IMPLEMENTED else Tone.PLAIN
    card = Card(f"{shown.number}. {asset.title}", (Facts(tuple(facts)), Text(asset.content), buttons), tone)
    return Message(text=told, cards=(card, *((_moved_on(origin),) if origin and origin.changed else ())), private=True)


def _made_by(person: Person, origin: Origin) -> str:
    """The run in a line: its prompt, its day, and the version of the Foundation that it read."""
    how = f"{origin.code} {origin.title}".strip() + (", then refined" if origin.refined else "")
    read = f", on version {origin.foundation_version} of your Foundation" if origin.foundation_version is not None else ""
    return f"{how}, {day(person, origin.ran_at)}{read}"


def _see(origin: Origin) -> Button:
    return Button("See the run", Call("run show", {"run": origin.execution_id}))


def _moved_on(origin: Origin) -> Card:
    """What has changed under the asset since it was made, and the way to a new one."""
    again = Button(f"Run {origin.code} again", Call("run again", {"run": origin.execution_id}), primary=True)
    told = Text(f"Since then you changed {_listed(origin.changed)}. Run it again?")
    return Card(body=(told, Buttons((again, _see(origin)))), tone=Tone.CAREFUL)


def _listed(titles: Sequence[str]) -> str:
    named = [f"**{each}**" for each in titles[:NAMED_AT_MOST]]
    left = len(titles) - len(named)
    if left:
        named.append(f"{left} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def day(person: Person, at: datetime) -> str:
    """The day in the person's zone, such as 3 Mar 2026."""
    return at.astimezone(person.zone).strftime("%-d %b %Y")


def cut(text: str, most: int) -> str:
    """The text, shortened with an ellipsis where it is longer."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _opener(shown: Sequence[Entry]) -> Menu:
    return Menu(
        "Open",
        tuple(
            Button(cut(f"{each.number}. {each.heading.title}", LABEL_AT_MOST), Call("assets show", {"asset": each.heading.id}))
            for each in shown
        ),
    )


def _narrower(step: Step | None, status: AssetStatus | None) -> tuple[Menu, Buttons]:
    which = {"which": step.value} if step else {}
    others = tuple(
        Button(each.value, Call("assets list", {**which, "status": each.value})) for each in AssetStatus if each is not status
    )
    everything = (Button("All assets", Call("assets list")),) if step or status else ()
    add = Button("Add something", Call("assets add", which and {"step": which["which"]}, form=True))
    return Menu("Show only", others), Buttons((*everything, add))
