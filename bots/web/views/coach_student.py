"""One student, as far as a coach sees: why they may need a person, where they stand, what they opened, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from core.cohort.service import Cohorts
from core.command import form_of
from core.commitments.service import Commitments
from core.errors import NotFound
from core.exchanges import views as exchange_views
from core.exchanges.model import Exchange, State
from core.exchanges.service import Exchanges
from core.exchanges.suggesting import Suggestions
from core.llm.prices import in_cents
from core.members import views
from core.members.promised import promised
from core.members.service import Members
from core.openness.model import ASKED_FOR, Part, opened
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING
from core.ui import Button, Buttons, Card, Element, Link, Tone
from core.usage.service import Budget

PATH = "/cohort/student"
WRITE = "cohort write"
GOING_ON = 2
"""Exchanges that are not closed, as they stand on the page; the list of those who asked has all."""


class NobodyThere(NotFound):
    """There is no such student here. The list of students has everybody."""


def address(visit: Visit, person_id: str) -> str:
    """Where a student's page is."""
    return visit.draw.ways.url(f"{PATH}?who={quote(person_id)}")


async def show(  # noqa: PLR0913, PLR0917 - a page of many things: each service is asked for by its type
    visit: Visit,
    person: Person,
    people: People,
    members: Members,
    openness: Openness,
    budget: Budget,
    cohorts: Cohorts,
    commitments: Commitments,
    suggestions: Suggestions,
    exchanges: Exchanges,
) -> Shown:
    """The student of `?who=<id>`."""
    student = await people.by_id(visit.query.get("who", "")[:80])
    if student is None or student.organization_id != person.organization_id:
        raise NobodyThere()
    row = await members.named(person, student, visit.at)
    await openness.look(person, student, Part.PLACE, visit.at)
    own = await budget.own(student, visit.at)
    spent = in_cents(sum(each.spent for each in own.month))
    promises = await promised(commitments, student, visit.at)
    stands, place = views.one(row, visit.at, spent, (), promises).cards
    open_now = opened(student)
    going_on = [each for each in await exchanges.own(student) if each.state is not State.CLOSED][:GOING_ON]
    return Shown(
        "coach_student.html",
        {
            "student": student,
            "known": {"student": student.id},
            "stands": visit.draw.card(replace(stands, title="How they are doing", body=_without(stands.body))),
            "place": visit.draw.card(place),
            "parts_of": [(part, part in open_now) for part in ASKED_FOR],
            "write": _writing(visit, student, await suggestions.of(person, student, row, visit.at)),
            "why_none": await suggestions.why_none(person, student, visit.at),
            "going_on": [visit.draw.card(_between(person, each)) for each in going_on],
            "cohorts": [each for each in await cohorts.all(person) if each.archived_at is None],
            "theirs": student.cohort_id,
        },
        student.name,
    )


def _without(body: Sequence[Element]) -> tuple[Element, ...]:
    """What stands in the card without the buttons that lead to this very page."""
    kept = tuple(each for each in body if not isinstance(each, Buttons))
    quiet = [each for buttons in body if isinstance(buttons, Buttons) for each in buttons.items if _is_for(each, "nudges quiet")]
    return (*kept, Buttons(tuple(quiet))) if quiet else kept


def _between(coach: Person, exchange: Exchange) -> Card:
    """What was written between them, with what can be done."""
    [card] = exchange_views.opened(coach, exchange).cards
    title = "Waits for an answer" if exchange.waits else "Between you"
    body = tuple(_but_here(each) if isinstance(each, Buttons) else each for each in card.body)
    return replace(card, title=title, body=body, tone=Tone.CAREFUL if exchange.waits else Tone.PLAIN)


def _but_here(buttons: Buttons) -> Buttons:
    return Buttons(tuple(each for each in buttons.items if not _is_for(each, "cohort member")))


def _is_for(item: Button | Link, command: str) -> bool:
    return isinstance(item, Button) and item.call.command == command


def _writing(visit: Visit, student: Person, proposal: str) -> Markup:
    """The form to write to them, with a proposal in it."""
    known = {"student": student.id, "words": proposal}
    form = form_of(visit.draw.ways.catalog.commands[WRITE], known)
    unasked = tuple(replace(each, hint="") for each in form.fields if each.name != "student")
    return visit.draw.form(replace(form, fields=unasked, submit="Send"), f"{PATH}?who={quote(student.id)}")


PAGE = WebPage(PATH, "Student", show, COACHING, listed=False, alive=False)
