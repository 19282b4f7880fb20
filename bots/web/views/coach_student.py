"""One student, as far as a coach sees: why they may need a person, where they stand, what they opened, and what can be done."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from core.cohort.service import Cohorts
from core.command import form_of
from core.errors import NotFound
from core.exchanges.suggestion import suggestion
from core.llm.prices import in_cents
from core.members import views
from core.members.service import Members, Row
from core.openness.model import ASKED_FOR, Part, opened
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING
from core.usage.service import Budget

PATH = "/cohort/student"
WRITE = "cohort write"


class NobodyThere(NotFound):
    """There is no such student here. The list of students has everybody."""


def address(visit: Visit, person_id: str) -> str:
    """Where a student's page is."""
    return visit.draw.ways.url(f"{PATH}?who={quote(person_id)}")


async def show(
    visit: Visit, person: Person, people: People, members: Members, openness: Openness, budget: Budget, cohorts: Cohorts
) -> Shown:
    """The student of `?who=<id>`."""
    student = await people.by_id(visit.query.get("who", "")[:80])
    if student is None or student.organization_id != person.organization_id:
        raise NobodyThere()
    row = await members.named(person, student, visit.at)
    await openness.look(person, student, Part.PLACE, visit.at)
    own = await budget.own(student, visit.at)
    spent = in_cents(sum(each.spent for each in own.month))
    stands, place = views.one(row, person, visit.at, spent, ()).cards
    open_now = opened(student)
    return Shown(
        "coach_student.html",
        {
            "student": student,
            "known": {"student": student.id},
            "stands": visit.draw.card(replace(stands, title="How they are doing")),
            "place": visit.draw.card(place),
            "parts_of": [(part, part in open_now) for part in ASKED_FOR],
            "write": _writing(visit, person, student, row),
            "cohorts": [each for each in await cohorts.all(person) if each.archived_at is None],
            "theirs": student.cohort_id,
        },
        student.name,
    )


def _writing(visit: Visit, coach: Person, student: Person, row: Row) -> Markup:
    """The form to write to them, with a proposal in it."""
    known = {"student": student.id, "words": suggestion(row, student, coach, visit.at)}
    form = form_of(visit.draw.ways.catalog.commands[WRITE], known)
    unasked = tuple(each for each in form.fields if each.name != "student")
    return visit.draw.form(replace(form, fields=unasked, submit="Send"), f"{PATH}?who={quote(student.id)}")


PAGE = WebPage(PATH, "Student", show, COACHING, listed=False)
