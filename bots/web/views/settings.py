"""My settings and data: who I am to the bot, when it writes to me, who sees what, and all of it to take away or to erase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from core.cohort.service import Cohorts
from core.command import form_of
from core.home.dashboard import Dashboard
from core.home.dashboard_model import DashboardSession
from core.kpis import webhook_commands
from core.kpis.webhook import Webhooks
from core.nudges import views as nudges
from core.nudges.foresight import Foresight
from core.nudges.service import Reminders
from core.openness import views as openness_views
from core.openness.service import Openness, Seen
from core.people.commands import EDIT, known
from core.people.link_commands import PLACES
from core.people.model import Person
from core.people.service import People
from core.privacy.commands import DELETE, WORD
from core.usage import views as usage
from core.usage.service import Budget

PATH = "/settings"
LOOKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Signed:
    """A browser that is signed in: by which account, since when, and when it was used last."""

    place: str
    since: str
    used: str
    here: bool


async def show(  # noqa: PLR0913, PLR0917 - a page of many things: each service is asked for by its type
    visit: Visit,
    person: Person,
    people: People,
    reminders: Reminders,
    foresight: Foresight,
    openness: Openness,
    cohorts: Cohorts,
    webhooks: Webhooks,
    dashboard: Dashboard,
    budget: Budget,
) -> Shown:
    """Everything that can be settled; `?edit=profile` has the form of the name and time zone in its place."""
    visit.draw.ways = visit.draw.ways.back_to(PATH)
    looks, webhook = await openness.looks(person), await webhooks.of(person)
    return Shown(
        "settings.html",
        {
            "now": visit.at.astimezone(person.zone).strftime("%H:%M"),
            "since": _day(person.created_at, person),
            "profile": await _profile(visit, person) if visit.query.get("edit") == "profile" else None,
            "settled": _settled(person),
            "reminders": await _reminders(visit, person, reminders, foresight),
            "openness": visit.draw.form(openness_views.form(person), f"{PATH}#openness", stays=True),
            "looks": [_look(each, person) for each in looks[:LOOKS_SHOWN]],
            "looked": len(looks),
            "cohort": await cohorts.of(person),
            "accounts": [_places(each) for each in await people.of_account(person)],
            "webhook": webhook_commands.how_it_stands(webhook, person, reachable=webhooks.reachable),
            "leads_to": webhook_commands.leads_to(webhook, reachable=webhooks.reachable),
            "browsers": _browsers(visit, person, await dashboard.browsers(person, visit.at)),
            "usage": await _usage(visit, person, budget),
            "word": WORD,
            "erases": DELETE.name,
        },
    )


async def _profile(visit: Visit, person: Person) -> Markup:
    return visit.draw.form(form_of(EDIT, dict(await known(person))), f"{PATH}#profile")


async def _reminders(visit: Visit, person: Person, reminders: Reminders, foresight: Foresight) -> Markup:
    """The contract with what comes next, and the ways to change it."""
    wishes = await reminders.of(person, visit.at)
    upcoming = await foresight.upcoming(person, wishes, visit.at) if wishes.chosen_at else None
    return visit.draw.message(nudges.contract(person, wishes, upcoming, visit.at))


async def _usage(visit: Visit, person: Person, budget: Budget) -> Markup:
    own = await budget.own(person, visit.at)
    return visit.draw.message(usage.own(own.today, own.month, budget.limits.daily, visit.at, free=budget.free))


def _settled(person: Person) -> list[tuple[str, str]]:
    """What was settled once, as far as people read it."""
    return [("Currency", person.settings["currency"])] if "currency" in person.settings else []


def _look(seen: Seen, person: Person) -> tuple[str, str, str]:
    """When, who, and at what."""
    what = f"{seen.about}{openness_views.how_often(seen)}"
    return _time(seen.look.at, person), openness_views.by(seen), what


def _browsers(visit: Visit, person: Person, sessions: Sequence[DashboardSession]) -> list[Signed]:
    here = visit.entered.session.id
    return [
        Signed(
            PLACES.get(each.identity.partition(":")[0], "another platform"),
            _day(each.created_at, person),
            _time(each.seen_at, person),
            each.id == here,
        )
        for each in sorted(sessions, key=lambda each: each.id != here)
    ]


def _places(person: Person) -> str:
    """The platforms of a person, as they are called."""
    found = dict.fromkeys(PLACES.get(each.partition(":")[0], "another platform") for each in person.identities)
    text = " and ".join(found) or "another platform"
    return text[0].upper() + text[1:]


def _day(at: datetime, person: Person) -> str:
    return at.astimezone(person.zone).strftime("%-d %B %Y")


def _time(at: datetime, person: Person) -> str:
    return at.astimezone(person.zone).strftime("%-d %B %Y, %H:%M")


PAGE = WebPage(PATH, "Settings and data", show)
