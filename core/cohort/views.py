"""Cohorts, and the course plan with its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.cohort.model import Cohort
from core.cohort.service import Dated
from core.cohort.timetable import Timetable
from core.course.model import Standing
from core.course.steps import Step
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Table, Text, Tone

WEEK = timedelta(days=7)
LIST = "cohort list"
MEMBERS = Call("cohort members")
BOARD = Button("The board", Call("cohort board"))


def day_said(day: date) -> str:
    """A day in short."""
    return f"{day.day} {day:%b}"


def plan(timetable: Timetable, standings: Sequence[Standing], today: date, *, in_cohort: bool, over: bool) -> Message:
    """One week a row, catch-up weeks among them, and how far the person has come in each module. `over`: their cohort is."""
    whose = "Your cohort's plan" if in_cohort else "Your plan"
    how = "One module a week, with weeks to catch up. Days are yours, wherever you are."
    if not in_cohort:
        how = f"Your coach has set no dates yet, so this plan is your own: it begins on the Monday after you joined. {how}"
    shown = timetable.starts_on - WEEK if over else today  # of a cohort that is over no week is now
    rows = tuple(row for each in standings for row in _rows(each, timetable, shown))
    table = Table(("Week", "Module", "How far"), rows)
    now = next((each for each in standings if timetable.opens_on(each.module.number) <= today <= _last(timetable, each)), None)
    words = _now(now, timetable, standings, today)
    if over:
        how, words = (
            "Your cohort is over, and its weeks stand here as they were.",
            "What is open stays open: carry on at your own pace.",
        )
    more = (Button("What is next for me", Call("progress"), primary=True), Button("When I am reminded", Call("nudges show")))
    return Message(cards=(Card(whose, (Text(f"{how}\n\n{words}"), table, Buttons(more))),), private=True)


def cohort(own: Cohort | None, dated: Dated, today: date, *, coaches: bool) -> Message:
    """Somebody's cohort in short, with the ways on: the code of one that goes on is for those who coach."""
    if own is None:
        words = (
            "You look after no cohort yet. Begin one, give it a first day, and hand out its code."
            if coaches
            else "You belong to no cohort yet. Your coach has a code for you; until then the plan is your own."
        )
        first = Button("Begin a cohort", Call("cohort new", form=True), primary=True) if coaches else _join()
        return _card("Your cohort", Text(words), Buttons((first, Button("The course plan", Call("plan")))))
    if own.archived_at:
        return _over(own, coaches=coaches)
    where = () if own.channel else (("Channel", "none; say /cohort here in it"),)
    facts = Facts((*dates_said(dated, today), ("Code to join", own.code), *where))
    buttons = (
        Button("Students", Call("cohort members"), primary=True),
        Button("Reminders", Call("cohort nudges")),
        Button("Dates", Call("cohort dates")),
        BOARD,
        Button("All cohorts", Call("cohort list")),
    )
    return _card(own.name, facts, Buttons(buttons))


def dates_said(dated: Dated, today: date) -> tuple[tuple[str, str], ...]:
    """When the course begins, and what this week is for."""
    return ("Begins", _first(dated)), ("This week", _this_week(dated, today))


def _over(own: Cohort, *, coaches: bool) -> Message:
    """Somebody's cohort is archived: nobody joins it any more, and what is made in it goes on."""
    if not coaches:
        words = "This cohort is over. What you made stays yours, and everything goes on working."
        return _card(own.name, Text(words), Buttons((Button("The course plan", Call("plan"), primary=True), BOARD)))
    words = "This cohort is archived: its students keep everything, and are reminded no more. Look after another, or begin one."
    back = Button("It goes on after all", Call("cohort reopen", {"cohort": own.id}))
    ways = (
        Button("All cohorts", Call("cohort list"), primary=True),
        Button("Begin a cohort", Call("cohort new", form=True)),
        BOARD,
        back,
    )
    return _card(own.name, Text(words), Buttons(ways))


def created(new: Cohort, before: Cohort | None = None) -> Message:
    """A cohort has begun; `before` is the one that the coach looked after until then."""
    begins = f" It begins on {_day(new.timetable.starts_on)}." if new.timetable else ""
    words = (
        f"**{new.name}** is there, and you look after it now.{begins} Its code is `{new.code}`: whoever writes "
        f"`/cohort join {new.code}` belongs to it. In the channel where it meets, say "
        "`/cohort here` once, and whoever is there belongs to it too."
    )
    ways = (Button("Set the dates", Call("cohort dates"), primary=new.starts_on is None), Button("Students", MEMBERS))
    return _card("A new cohort", Text(words), *_left(before), Buttons((*ways, *_back_to(before))), tone=Tone.GOOD)


def all_of(cohorts: Sequence[Cohort], own: Cohort | None, asking: Listing) -> Message:
    """A page of the cohorts, with what can be done to each."""
    begin = Button("Begin a cohort", Call("cohort new", form=True))
    if not cohorts and asking.narrowed:
        return not_found("Cohorts", LIST, asking, "No cohort", "in its name or code")
    if not cohorts:
        words = Text("There is no cohort yet. Begin one, give it a first day, and hand out its code.")
        return _card("Cohorts", words, Buttons((replace(begin, primary=True),)))
    leaf = leaf_of(cohorts, asking.page)
    head = (Text(counted(asking, leaf, "cohort")),) if leaf.pages > 1 or asking.narrowed else ()
    facts = Facts(tuple((each.name, _in_short(each, own)) for each in leaf.rows))
    others = [each for each in leaf.rows if not each.archived_at and (own is None or each.id != own.id)]
    look = Menu("Look after", tuple(Button(each.name, Call("cohort look", {"cohort": each.id})) for each in others))
    ends = Menu(
        "It is over",
        tuple(
            Button(f"Archive {each.name}"[:70], Call("cohort archive", {"cohort": each.id}))
            for each in leaf.rows
            if not each.archived_at
        ),
    )
    back = Menu(
        "It goes on after all",
        tuple(Button(each.name, Call("cohort reopen", {"cohort": each.id})) for each in leaf.rows if each.archived_at),
    )
    menus = [each for each in (look, ends, back) if each.options]
    return _card("Cohorts", *head, facts, *menus, *turning(LIST, asking, leaf, begin))


def joined(own: Cohort, today: date) -> Message:
    """Somebody belongs to it now; `today` is their own."""
    begins = f" {how_it_begins(own.timetable, today)}" if own.timetable else ""
    first = Button("What is next for me", Call("progress"), primary=True)
    buttons = Buttons((first, Button("The course plan", Call("plan")), Button("When I am reminded", Call("nudges show"))))
    return _card(own.name, Text(f"You belong to {own.name} now.{begins}"), buttons, tone=Tone.GOOD)


def how_it_begins(plan: Timetable, today: date) -> str:
    """When the course begins or began, and what follows for whoever comes today."""
    if plan.starts_on == today:
        return "It begins today."
    if plan.starts_on > today:
        return f"It begins on {_day(plan.starts_on)}."
    if plan.ends_on(len(Step) - 1) < today:
        return "Its weeks are over; everything stays open to you."
    return f"It began on {_day(plan.starts_on)}. What has gone before stays open: begin at the beginning."


def looked_after(own: Cohort, before: Cohort | None = None) -> Message:
    """A coach looks after another cohort than `before`."""
    words = f"You look after {own.name} now: the lists and the week show its students"
    words += f", and those of {before.name} no more." if before else "."
    week = Button("The last seven days", Call("cohort digest"), primary=True)
    ways = (week, Button("Students", MEMBERS), *_back_to(before))
    return _card(own.name, Text(words), Buttons(ways), tone=Tone.GOOD)


def archived(own: Cohort) -> Message:
    """A cohort is over."""
    words = (
        f"{own.name} is archived. Its students keep everything and can go on; they are reminded no more, and stand in no "
        "digest. Only a coach who still looks after it sees them in /cohort members. You can take it back at any time."
    )
    back = Button("It goes on after all", Call("cohort reopen", {"cohort": own.id}))
    return _card(own.name, Text(words), Buttons((back, Button("All cohorts", Call("cohort list")))), tone=Tone.GOOD)


def reopened(own: Cohort) -> Message:
    """A cohort goes on after all."""
    words = f"{own.name} goes on. Its students are reminded again, as they have agreed."
    return _card(own.name, Text(words), Buttons((Button("Students", MEMBERS, primary=True),)), tone=Tone.GOOD)


def placed(student: str, own: Cohort) -> Message:
    """A student belongs to it now."""
    return _card(own.name, Text(f"{student} belongs to {own.name} now."), Buttons((Button("Students", MEMBERS),)), tone=Tone.GOOD)


def dated(timetable: Timetable, modules: Sequence[str]) -> Message:
    """What a coach has set."""
    weeks: list[tuple[str, str]] = []
    for number, step in enumerate(modules):
        weeks.append((_week(timetable.opens_on(number), timetable.ends_on(number)), f"{number} {step}"))
        if (free := timetable.free_after(number)) is not None:
            weeks.append((_week(free, timetable.ends_on(number) + WEEK), "Catch up"))
    words = (
        f"The course begins on {timetable.starts_on:%A} {timetable.starts_on.day} {timetable.starts_on:%B %Y}. Everybody here "
        "sees these weeks with /plan, each in their own days, and is reminded by them."
    )
    change = Buttons((Button("Change the dates", Call("cohort dates")),))
    return Message(
        cards=(Card("The cohort's dates", (Text(words), Table(("Week", "Module"), tuple(weeks)), change), Tone.GOOD),),
        private=True,
    )


def _rows(standing: Standing, timetable: Timetable, today: date) -> list[tuple[str, str, str]]:
    number = standing.module.number
    opens, ends = timetable.opens_on(number), timetable.ends_on(number)
    here = " (now)" if opens <= today <= ends else ""
    rows = [(_week(opens, ends), f"{number} {standing.module.step.value}{here}", standing.status.said)]
    if (free := timetable.free_after(number)) is not None:
        now = " (now)" if free <= today <= ends + WEEK else ""
        rows.append((_week(free, ends + WEEK), f"Catch up{now}", ""))
    return rows


def _week(first: date, last: date) -> str:
    return f"{day_said(first)} – {day_said(last)}"


def _last(timetable: Timetable, standing: Standing) -> date:
    """The last day of the module's week, a free one after it included."""
    number = standing.module.number
    return timetable.ends_on(number) + (WEEK if number in timetable.catch_up_after else timedelta())


def _now(now: Standing | None, timetable: Timetable, standings: Sequence[Standing], today: date) -> str:
    if now is None:
        if today < timetable.starts_on:
            return f"It begins on {timetable.starts_on:%A} {timetable.starts_on.day} {timetable.starts_on:%B}."
        return "The weeks are over. What is still open stays open: carry on at your own pace."
    behind = sum(not each.completed and each.module.number < now.module.number for each in standings)
    if timetable.ends_on(now.module.number) < today:
        return "This is a week to catch up."
    waiting = "one earlier module waits" if behind == 1 else f"{behind} earlier modules wait"
    late = f" Still open, {waiting} for you." if behind else ""
    return f"This week is {now.module.step.value}.{late}"


def _card(title: str, *body: Element, tone: Tone = Tone.PLAIN) -> Message:
    return Message(cards=(Card(title, body, tone),), private=True)


def _left(before: Cohort | None) -> tuple[Text, ...]:
    """That a coach looks after one cohort at a time, which nobody may find out by silence."""
    if before is None:
        return ()
    words = (
        f"Until now you looked after {before.name}. Your lists are of one cohort at a time: one tap goes back, and as long as "
        f"no other coach looks after {before.name}, your home page and each Monday's digest say how it is."
    )
    return (Text(words),)


def _back_to(before: Cohort | None) -> tuple[Button, ...]:
    return (Button(f"Back to {before.name}", Call("cohort look", {"cohort": before.id})),) if before else ()


def _join() -> Button:
    return Button("I have a code", Call("cohort join", form=True), primary=True)


def _first(dated: Dated) -> str:
    return _day(dated.timetable.starts_on) if dated.in_cohort else "no day is set yet"


def _this_week(dated: Dated, today: date) -> str:
    if not dated.in_cohort:
        return "each at their own pace, from the Monday after they joined"
    plan = dated.timetable
    now = plan.module_on(today)
    if now is not None:
        return f"module {now}, {tuple(Step)[now].value}"
    if today < plan.starts_on:
        days = (plan.starts_on - today).days
        return f"it begins in {days} days" if days > 1 else "it begins tomorrow"
    return "a week to catch up" if today <= plan.ends_on(len(Step) - 1) else "the weeks are over"


def _in_short(own: Cohort, looked_at: Cohort | None) -> str:
    parts = [f"code {own.code}", f"from {_day(own.timetable.starts_on)}" if own.timetable else "no dates yet"]
    if own.archived_at:
        parts = ["archived"]
    if looked_at is not None and looked_at.id == own.id:
        parts.append("you look after it")
    return ", ".join(parts)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
