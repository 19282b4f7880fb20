"""The board as its cohort sees it, as its channel reads it, and what each student sees of their own part in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.board.actions import IN_A_WEEK, POINTS, WEEK, Action, points, streak
from core.board.ranks import SHARED_AT_LEAST, Row, Span
from core.board.service import Board, Mine
from core.ui import Button, Buttons, Call, Card, Element, Facts, Message, Table, Text, Tone
from core.words import clean

COMMAND, OWN, POST = "cohort board", "me board", "board post"
NAME_AT_MOST = 60
CALLED = {
    Action.ITEM: "an item ticked",
    Action.MODULE: "a module closed",
    Action.LIVE: "something that went live",
    Action.PERIOD: "a period of figures logged",
    Action.KEPT: "a commitment kept",
}
SPANS = {Span.WEEK: "This week", Span.LAST: "Last week", Span.COHORT: "The cohort so far"}
_ENDED = {Span.WEEK: "Its last week", Span.LAST: "The week before its last", Span.COHORT: "The whole cohort"}
WORTH = " ".join(
    f"{worth} for {' or '.join(CALLED[each] for each in Action if POINTS[each] == worth)},"
    for worth in sorted(set(POINTS.values()))
)
COUNTS = (
    f"**Points:** {WORTH.rstrip(',')}. Of figures, commitments and what goes live, {IN_A_WEEK[Action.LIVE]} each count in a "
    "week. One week off does not break a streak."
)
BEFORE = (
    "Your cohort and its coaches would see that one line; a coach may have the week's board posted in the cohort's channel. What "
    "you did is not shown, nor any figure or text of yours. Leave with one tap, and your name is gone at once."
)
AFTER = "Nobody sees more of you than that line. Leave with one tap, and your name is gone at once."
_SEE = Button("See the board", Call(COMMAND), primary=True)
_ME = Button("Me and the board", Call(OWN))


def board(found: Board, *, coaches: bool) -> Message:
    """The board, with the person's own place and the way to the other spans."""
    standings = found.standings
    body: list[Element] = [Text(_when(found))]
    if not standings.shared:
        body = [Text(_too_few(found, coaches=coaches))]
    elif not standings.rows:
        body.append(Text("Nobody who shares has done anything that counts in it yet. One tick is enough to be the first."))
    else:
        body += _places(found)
    if not found.shares and not coaches and found.cohort.archived_at is None:
        body.append(
            Text("You are not on it, and nobody sees that. You can look at how you would stand there, before you decide.")
        )
    body.append(Text(COUNTS))
    return _card(f"The board of {found.cohort.name}", *body, Buttons(_ways(found, coaches=coaches)))


def posted(found: Board) -> Message:
    """What the channel reads of the week that is over."""
    words = f"{_days(found.present - WEEK)}. On it are those who wanted to be; “See the board” says what counts."
    ways = Buttons((Button("See the board", Call(COMMAND)), _ME))
    shown: tuple[Element, ...] = (Text(words), _table(found.standings.top, None), *_facts(_beside(found)), ways)
    return Message(cards=(Card(f"Last week in {found.cohort.name}", shown),))


def mine(found: Mine, told: str = "") -> Message:
    """What the others see of the student, or would see, and the way in or out."""
    week = found.weeks.get(found.present.isoformat(), ())
    over = found.cohort.archived_at is not None
    state = f"**You are on the board of {found.cohort.name}.**" if found.shares else "**You are on no board.**"
    seen = f"{_line(found.name)}, {_points(points(week))} this week{_in_a_row(streak(found.weeks, found.present))}"
    rows = tuple((_called(each), *_done(found, at)) for at, each in enumerate(Action))
    join = () if over else (Button("Put me on the board", Call(OWN, {"be": "on"}), primary=True),)
    change = (Button("Take me off", Call(OWN, {"be": "off"})),) if found.shares else join
    body = (
        Text(f"{told} {state}".strip()),
        Facts((("The others see" if found.shares else "The others would see", seen),)),
        Table(("You alone see this", "This week", "So far"), rows, numeric=frozenset({1, 2})),
        Text(AFTER if found.shares else BEFORE),
        Buttons((*change, Button("See the board", Call(COMMAND)))),
    )
    return _card("You and the board", *body, tone=Tone.GOOD if told else Tone.PLAIN)


def none(words: str) -> Message:
    """There is no board, and why."""
    return _card("No board yet", Text(words))


def switched(name: str, *, on: bool, hour: int, zone: str) -> Message:
    """Whether it is posted from now on."""
    words = f"The board of {name} is not posted any more. Everybody can look at it as before."
    if on:
        words = (
            f"On Mondays at {hour}:00 (time in {zone}) the board of the week before is posted in the channel of {name}. "
            f"Those alone who agreed are named; after a week in which fewer than {SHARED_AT_LEAST} of them did anything, nothing "
            "is posted."
        )
    other = Button("Do not post it" if on else "Post it on Mondays", Call(POST, {"on": "no" if on else "yes"}))
    return _card("The board on Mondays", Text(words), Buttons((_SEE, other)), tone=Tone.GOOD)


def _when(found: Board) -> str:
    """The days that are added up."""
    called = (_ENDED if found.cohort.archived_at else SPANS)[found.span]
    first = found.present - WEEK if found.span is Span.LAST else found.present
    if found.span is Span.COHORT:
        ended = f"until {_day(found.cohort.archived_at.astimezone(found.cohort.zone).date())}" if found.cohort.archived_at else ""
        return f"**{called}**{f', {ended}' if ended else ''}. Weeks run from Monday to Sunday, time in {found.cohort.timezone}."
    return f"**{called}**, {_days(first)}, time in {found.cohort.timezone}."


def _too_few(found: Board, *, coaches: bool) -> str:
    if found.cohort.archived_at is not None:
        return f"Fewer than {SHARED_AT_LEAST} shared, so there is no board to show."
    words = f"Fewer than {SHARED_AT_LEAST} share yet, so there is no board to show."
    if found.shares:
        return f"{words} You do; it is there as soon as {SHARED_AT_LEAST} do."
    return f"{words} {'It is there as soon as that many students have agreed.' if coaches else 'It may begin with you.'}"


def _places(found: Board) -> tuple[Element, ...]:
    """Those with a place, the others of a small cohort, and one's own place with those around it."""
    top, around, beside = _table(found.standings.top, found.own), _around(found), _beside(found)
    if not around:
        return top, *_facts((*beside, *_own(found)))
    return top, *_facts(beside), around, *_facts(_own(found))


def _facts(rows: tuple[tuple[str, str], ...]) -> tuple[Facts, ...]:
    return (Facts(rows),) if rows else ()


def _tied(found: Board) -> tuple[tuple[str, str], ...]:
    """Those for whom there is no room, though they have the same place as the last who is shown."""
    standings = found.standings
    more = len(standings.ranked) - len(standings.top)
    return ((f"Also at place {standings.top[-1].place}", f"{more:,} more"),) if more else ()


def _beside(found: Board) -> tuple[tuple[str, str], ...]:
    """In a small cohort also the others who did something."""
    others = ", ".join(_name(each, found.own) for each in found.standings.beside)
    return (*_tied(found), *((("Also at it", others),) if others else ()))


def _around(found: Board) -> Table | None:
    """One's own place with those just around it, where that is far from the top."""
    rows = found.standings.around(found.own) if found.own else ()
    return _table(rows, found.own, "Around you") if len(rows) > 1 else None


def _own(found: Board) -> tuple[tuple[str, str], ...]:
    """One's own place, and who is next."""
    own = found.own
    if own is None:
        return (("You", "nothing of yours counts in it yet; one tick puts you on it"),) if found.shares else ()
    place = f"place {own.place}, with " if own.place is not None else ""
    ahead = found.standings.ahead_of(own)
    next_one = (("Just ahead", f"{_name(ahead, own)}, by {_points(ahead.points - own.points)}"),) if ahead else ()
    return (("You", f"{place}{_points(own.points)}{_in_a_row(own.streak)}"), *next_one)


def _table(rows: Sequence[Row], own: Row | None, caption: str = "") -> Table:
    """The rows as a table; streaks stand in that of the first as soon as anybody has one."""
    cells = [(str(each.place or ""), _name(each, own), str(each.points)) for each in rows]
    if caption or not any(each.streak > 1 for each in rows):
        return Table(("Place", "Name", "Points"), tuple(cells), caption, numeric=frozenset({2}))
    streaks = [f"{each.streak} weeks" if each.streak > 1 else "" for each in rows]
    whole = tuple((*cell, weeks) for cell, weeks in zip(cells, streaks, strict=True))
    return Table(("Place", "Name", "Points", "Streak"), whole, caption, numeric=frozenset({2, 3}))


def _ways(found: Board, *, coaches: bool) -> tuple[Button, ...]:
    named = _ENDED if found.cohort.archived_at else SPANS
    spans = tuple(Button(words, Call(COMMAND, {"span": span.value})) for span, words in named.items() if span is not found.span)
    spans = spans if found.standings.shared else ()
    if not coaches:
        return (*spans, _ME)
    if found.cohort.archived_at is not None:
        return spans
    is_posted = found.cohort.board_post is not None
    post = Button("Do not post it" if is_posted else "Post it on Mondays", Call(POST, {"on": "no" if is_posted else "yes"}))
    return (*spans, post)


def _called(action: Action) -> str:
    """An action with what it is worth."""
    return f"{CALLED[action][0].upper()}{CALLED[action][1:]} ({_points(POINTS[action])})"


def _done(found: Mine, at: int) -> tuple[str, str]:
    """How often one action was done in the present week, and in all."""
    week = found.weeks.get(found.present.isoformat(), ())
    return str(week[at] if week else 0), str(sum(each[at] for each in found.weeks.values()))


def _name(row: Row, own: Row | None) -> str:
    """The name, and whether it is one's own."""
    line = _line(row.name)
    return f"{line} (you)" if own is not None and row.person_id == own.person_id else line


def _line(name: str) -> str:
    """The name in one line, without marks that nobody sees; renderers set it to the letter, so that it calls nobody."""
    whole = " ".join(clean(name).split())
    return (whole if len(whole) <= NAME_AT_MOST else f"{whole[: NAME_AT_MOST - 1].rstrip()}…") or "Somebody"


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count:,} points"


def _in_a_row(weeks: int) -> str:
    return f", {weeks} weeks in a row" if weeks > 1 else ""


def _days(monday: date) -> str:
    return f"{_day(monday)} to {_day(monday + timedelta(days=6))}"


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def _card(title: str, *body: Element, tone: Tone = Tone.PLAIN) -> Message:
    return Message(cards=(Card(title, body, tone),), private=True)
