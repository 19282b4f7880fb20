"""/dashboard: a private link to the pages of one's own."""

from __future__ import annotations

from core.command import Command
from core.home.dashboard import Dashboard
from core.home.dashboard_model import LINK_VALID
from core.ids import new_id
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer, Buttons, Card, Link, Message, Text, Tone


class Post:
    """What goes to somebody's direct messages."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    async def send(self, asked: Asked, person: Person, message: Message) -> None:
        """Send it to whoever asked; after ten minutes it is of no use any more."""
        letter = new_letter(
            new_id("dsh"),
            asked.actor.direct,
            message,
            organization_id=person.organization_id,
            at=asked.at,
            person_id=person.id,
            until=asked.at + LINK_VALID,
        )
        await self._outbox.add(letter)


async def dashboard(asked: Asked, person: Person, dashboard: Dashboard, post: Post) -> Answer:
    """Send a link that signs the person in; where others read along, to their direct messages."""
    link = _link(await dashboard.link(person, asked.actor, asked.at), coaches=person.role in COACHING)
    if asked.direct:
        return link
    await post.send(asked, person, link)
    told = "I have sent you a private link to your dashboard, in your direct messages with me. It works once, for 10 minutes."
    return Message(cards=(Card(body=(Text(told),), tone=Tone.GOOD),), private=True)


def _link(url: str, *, coaches: bool) -> Message:
    pages = "course, Foundation, figures and assets on one page each"
    pages = f"Your cohort, its letters and its students, and your own {pages}" if coaches else f"Your {pages}"
    words = f"{pages}. The link works once, for the next 10 minutes. Keep it to yourself: whoever opens it is signed in as you."
    body = (Text(words), Buttons((Link("Open my dashboard", url),)))
    return Message(cards=(Card("Your dashboard", body, Tone.GOOD),), private=True)


COMMANDS = (Command(name="dashboard", summary="A private link to your own pages on the web", handler=dashboard),)
