"""Assets as people see them: the list, and one opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.assets.model import AssetStatus, Entry, Opened, Origin
from core.course.steps import Step
from core.listing import Listing, asked_for, counted, leaf_of, not_found, turning
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Link, Menu, Message, Table, Text, Tone

COMMAND, TITLE = "assets list", "Your assets"
LABEL_AT_MOST = 70
NAMED_AT_MOST = 4

LIVE = "It is live"
STANDS = {AssetStatus.DRAFT: "a draft", AssetStatus.IMPLEMENTED: "live", AssetStatus.ARCHIVED: "archived"}
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


def listing(person: Person, entries: Sequence[Entry], asking: Listing, step: Step | None, status: AssetStatus | None) -> Message:
    """A page of a table, with a menu to open one, and the ways to the other pages and to less of it."""
    if not entries:
        return not_found(TITLE, COMMAND, asking, "No asset of yours") if asking.words else nothing(step, status)
    leaf = leaf_of(entries, asking.page)
    table = Table(
        ("No.", "Title", "Step", "Status", "Changed"),
        tuple(
            (
                str(each.number),
                cut(each.heading.title, 40),
                each.heading.elevate_step.value,
                each.heading.status.said,
                day(person, each.heading.last_updated_at),
            )
            for each in leaf.rows
        ),
        numeric=frozenset({0}),
    )
    add = Button("Add something", Call("assets add", {"step": step.value} if step else {}, form=True))
    everything = (Button("All assets", Call(COMMAND)),) if step or status else ()
    turns = turning(COMMAND, asking, leaf, *everything, add)
    head = Text(counted(asking, leaf, _called(step, status)))
    return Message(cards=(Card(TITLE, (head, table, _opener(leaf.rows), *turns, _narrower(asking, status))),), private=True)


def _called(step: Step | None, status: AssetStatus | None) -> str:
    """What the listed ones are: `draft`, `Hook asset`."""
    kind = {AssetStatus.DRAFT: "draft", AssetStatus.IMPLEMENTED: "live asset", AssetStatus.ARCHIVED: "archived asset"}
    return f"{f'{step.value} ' if step else ''}{kind[status] if status else 'asset'}"


def nothing(step: Step | None, status: AssetStatus | None) -> Message:
    """What to do where a list is empty."""
    where = f" for {step.value}" if step else ""
    kind = f" that is {STANDS[status]}" if status else ""
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
        ("Status", asset.status.said),
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


def _narrower(asking: Listing, status: AssetStatus | None) -> Menu:
    others = tuple(
        Button(each.said, Call(COMMAND, asked_for(asking, page="", status=each.value)))
        for each in AssetStatus
        if each is not status
    )
    return Menu("Show only", others)
