"""The board of one's cohort, and for students what it shows of them."""

from __future__ import annotations

from dataclasses import replace

from bots.web.pages import Shown, Visit, WebPage
from core.board import views
from core.board.ranks import Span
from core.board.service import Boards, NoBoard
from core.people.model import Person
from core.roles import COACHING, Role
from core.ui import Button, Buttons, Call, Element, Message

PATH = "/board"
HERE = (Call(views.COMMAND), Call(views.OWN))


async def show(visit: Visit, person: Person, boards: Boards) -> Shown:
    """Both; `?span=last` has the week before, `?span=cohort` all weeks."""
    visit.draw.ways = visit.draw.ways.back_to(PATH)
    asked = visit.query.get("span", "")
    span = Span(asked) if asked in set(Span) else Span.WEEK
    try:
        cards = [views.board(await boards.look(person, span, visit.at), coaches=person.role in COACHING)]
        if person.role is Role.STUDENT:
            cards.append(views.mine(await boards.mine(person, visit.at)))
    except NoBoard as trouble:
        cards = [views.none(trouble.message)]
    return Shown("board.html", {"shown": [visit.draw.message(_but_here(each)) for each in cards]})


def _but_here(message: Message) -> Message:
    """Without the buttons that lead from one card of this page to the other."""
    return replace(message, cards=tuple(replace(each, body=tuple(map(_elsewhere, each.body))) for each in message.cards))


def _elsewhere(element: Element) -> Element:
    if not isinstance(element, Buttons):
        return element
    return Buttons(tuple(each for each in element.items if not (isinstance(each, Button) and each.call in HERE)))


PAGE = WebPage(PATH, "Board", show)
