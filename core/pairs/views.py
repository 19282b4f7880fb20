"""What partners see of each other, and coaches of pairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from core.alike import folded
from core.commitments import views as commitments_views
from core.commitments.model import Commitment
from core.listing import Listing, counted, leaf_of, not_found, on_page, sought, turning
from core.pairs.model import PairRequest
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Element, Facts, Message, Table, Text, Tone

COMMAND = "cohort pairs"
SHOWN_AT_MOST = 10
ASK = Button("Find me a partner", Call("pair ask"), primary=True)
SEE = Button("See how they get on", Call("pair show"), primary=True)
WHAT = (
    "One other student of your cohort, as near to you in time zone and in the course as can be. You see what each of you said "
    "they would do, and what came of it. Nothing else is shown: no figures, no texts, no reminders. Either of you can "
    "leave with one tap."
)


class Order(StrEnum):
    """What the coaches' list is sorted by: within each, by name."""

    PAIRS = "pairs first"
    WAITING = "waiting first"
    NAME = "name"


def none_yet() -> Message:
    """Somebody has no partner: what one is, and how to get one."""
    return _card("A partner", Text(WHAT), Buttons((ASK,)))


def nobody_by_name(name: str, *, waits: bool) -> Message:
    """Somebody named whom they would like; `waits`: they are on the list already."""
    cannot = f"I cannot ask {name} for you: partners are not chosen by name."
    if waits:
        return _card(
            "A partner", Text(f"{cannot} You are on the list as before, and I look for somebody near to you."), Buttons((SEE,))
        )
    return _card("A partner", Text(f"{cannot} You are on no list yet. Shall I look for somebody?\n\n{WHAT}"), Buttons((ASK,)))


def waiting(person: Person, request: PairRequest) -> Message:
    """Somebody waits."""
    since = request.since.astimezone(person.zone)
    words = (
        f"You went on the list on {since.day} {since:%B}. I pair you with the next student whose time zone "
        "and place in the course are near yours, and after seven days with whoever is nearest. I write to you both then."
    )
    return _card("A partner is being looked for", Text(words), Buttons((Button("Take me off the list", Call("pair stop")),)))


def stopped() -> Message:
    """Somebody waits no more."""
    return _card("", Text("You are off the list. Ask again whenever you like."), Buttons((ASK,)), tone=Tone.GOOD)


def paired(other: Person, at: datetime) -> Message:
    """Both are told."""
    words = (
        f"You and {other.name} are partners from now on. Where they live it is {_clock(other, at)}. You see each other's "
        "commitments and nothing else. A good start: each of you says one thing, and a day."
    )
    ways = Buttons((SEE, Button("Commit to something", Call("commit"))))
    return Message(cards=(Card("You have a partner", (Text(words), ways), Tone.GOOD),))


def left_by(other: Person | None) -> Message:
    """The other one has left, kindly told."""
    who = other.name if other else "Your partner has left Elevate, which"
    words = (
        f"{who} has ended your pair. People's weeks change, and it says nothing about you. Your commitments are yours alone "
        "again. If you would like another partner, I look for one."
    )
    return Message(cards=(Card("Your pair has ended", (Text(words), Buttons((ASK,)))),))


def odd_one_out() -> Message:
    """Nobody else waits after seven days."""
    words = (
        "You asked for a partner a week ago, and nobody else in your cohort is waiting. You stay on the list, and whoever asks "
        "next is paired with you at once. It may help to ask in your cohort's channel who would like to be one."
    )
    ways = Buttons((Button("Take me off the list", Call("pair stop")),))
    return Message(cards=(Card("No partner yet", (Text(words), ways)),))


def partner(person: Person, other: Person, commitments: Sequence[Commitment], at: datetime) -> Message:
    """The other one's commitments, with what can be done."""
    shown = commitments[:SHOWN_AT_MOST]
    today = at.astimezone(other.zone).date()
    if shown:
        rows = tuple((each.what, commitments_views.day_said(each.day), _state(each, late=each.day < today)) for each in shown)
        body: list[Element] = [Table(("What", "By when", "State"), rows)]
        left = len(commitments) - len(shown)
        body += [Text(f"And {left} more.")] if left else []
    else:
        body = [Text(f"{other.name} has said nothing yet that they would do. Go first: say one thing of yours, and a day.")]
    first = (
        Button("Well done" if _kept(commitments) else "Cheer them on", Call("pair cheer"), primary=True)
        if commitments
        else Button("Commit to something", Call("commit"), primary=True)
    )
    ways = (
        first,
        Button("My commitments", Call("commitments")),
        Button("End this pair", Call("pair leave")),
    )
    clock = Text(f"Where {other.name} lives it is {_clock(other, at)}. They see your commitments in the same way.")
    return _card(f"{other.name}, your partner", clock, *body, Buttons(ways))


def cheered(other: Person, *, sent: bool) -> Message:
    """The cheer is on its way, or was sent today already."""
    words = f"I told {other.name}." if sent else f"You cheered {other.name} today already. Tomorrow is another day."
    return _card("", Text(words), Buttons((SEE,)), tone=Tone.GOOD)


def cheered_by(person: Person, commitments: Sequence[Commitment]) -> Message:
    """What the other one reads, by what there is of theirs to cheer."""
    kept = _kept(commitments)
    words = f"says: well done for “{kept.what}”." if kept else "cheers you on."
    return Message(cards=(Card(body=(Text(f"{person.name}, your partner, {words}"), Buttons((SEE,))), tone=Tone.GOOD),))


def left() -> Message:
    """Somebody has left."""
    words = "Your pair has ended, and the other was told kindly. Your commitments are yours alone again."
    return _card("", Text(words), Buttons((Button("Find me another partner", Call("pair ask")),)), tone=Tone.GOOD)


def couples(paired_names: Sequence[tuple[str, str]], waiting_names: Sequence[str], asking: Listing, order: Order) -> Message:
    """A page of who is paired with whom, and who waits."""
    paired_lines = [(f"{one} and {other}", "paired") for one, other in paired_names]
    waiting_lines = [(name, "waits") for name in waiting_names]
    match order:
        case Order.PAIRS:
            lines = paired_lines + waiting_lines
        case Order.WAITING:
            lines = waiting_lines + paired_lines
        case Order.NAME:
            lines = sorted(paired_lines + waiting_lines, key=lambda each: folded(each[0]))
    found = sought(lines, asking.words, lambda each: each[0])
    if not found and asking.narrowed:
        return not_found("Pairs", COMMAND, asking, "Nobody who is paired or waits", "in their name")
    if not found:
        return _card("Pairs", Text("Nobody is paired yet. Students find a partner with /pair: it is their own choice."))
    leaf = leaf_of(found, asking.page)
    head = f"{_counted(len(paired_names), 'pair')}, {len(waiting_names)} waiting for a partner. You see names alone."
    head += f" {counted(asking, leaf, 'line')}" if asking.words else on_page(leaf)
    return _card("Pairs", Text(head), Facts(tuple(leaf.rows)), *turning(COMMAND, asking, leaf, find="Find somebody"))


def _kept(commitments: Sequence[Commitment]) -> Commitment | None:
    """What was kept last: they come after the open ones, the latest first."""
    return next((each for each in commitments if not each.open), None)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _state(commitment: Commitment, *, late: bool) -> str:
    if not commitment.open:
        return "done"
    return "open, its day is over" if late else "open"


def _clock(other: Person, at: datetime) -> str:
    local = at.astimezone(other.zone)
    return f"{local:%H:%M} on {local:%A}"


def _card(title: str, *body: Element, tone: Tone = Tone.PLAIN) -> Message:
    return Message(cards=(Card(title, body, tone),), private=True)
