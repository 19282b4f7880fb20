"""What is answered to somebody in distress: a kind line, places with people, and a coach, who is told only where they wish it."""

from __future__ import annotations

from datetime import datetime

import structlog

from core.agents.agent import Agent
from core.agents.ports import Coaches
from core.chat.distress import is_distressed
from core.chat.model import ParticipantMessage
from core.chat.ports import ChatStore
from core.chat.views import ask_again
from core.errors import NotFound
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.ports import Listener
from core.reach import direct_of
from core.request import Said
from core.ui import Answer, Button, Buttons, Call, Card, Link, Message, Text, Tone

log = structlog.get_logger()

CARED = "cared"
"""What is noted of an answer of this kind."""
TELL = "care tell"
"""The command by which a coach is told."""
QUOTED_AT_MOST = 2_000
"""Characters of what they wrote that a coach is shown, where they wish that."""
KIND_LINE = (
    "That sounds very hard, and I am glad that you wrote it down here. I am a program, so please talk to a person as well, "
    "today. The course can wait."
)
PLACES = (
    "- **UK and Ireland:** Samaritans listen day and night, free of charge: call 116 123.\n"
    "- **Elsewhere:** findahelpline.com lists people to call or to write to, country by country.\n"
    "- **In danger right now:** call your emergency number: 999 in the UK, 112 in Europe, 911 in North America."
)
HELPLINES = Link("Find a helpline", "https://findahelpline.com")
OFFER = (
    "If you like, a coach of your course hears from me that you would like to talk to a person, and nothing of what you wrote, "
    "unless you choose to show it. Nobody is told without your tap."
)


def answer(agent: Agent, message: ParticipantMessage, *, coached: bool) -> Message:
    """What is said to somebody in distress, for them alone; nothing of it is offered to be shared.

    `coached`: there is a coach who can be told.
    """
    this = {"message": message.id}
    tell = (
        Button("Tell a coach", Call(TELL, this), primary=True),
        Button("Tell a coach, and show what I wrote", Call(TELL, {**this, "show": "yes"})),
    )
    offer = (Text(OFFER), Buttons((*tell, HELPLINES))) if coached else (Buttons((HELPLINES,)),)
    card = Card(body=(Text(PLACES), *offer), tone=Tone.GOOD)
    aside = Card(body=(Buttons((Button("I meant something else: answer me", ask_again(agent, message.id)),)),))
    return Message(KIND_LINE, (card, aside), private=not message.direct, speaker=agent.speaker)


async def is_coached(coaches: Coaches, person: Person) -> bool:
    """Whether there is a coach, other than the person, who can be told."""
    there = await coaches.coaches(person.organization_id)
    return any(each.id != person.id and direct_of(each) for each in there)


class Heeding:
    """Implements `core.ports.Listener`, and stands first: whoever is in distress is answered, whatever else was under way."""

    def __init__(self, chat: Listener) -> None:
        self._chat = chat

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the chat answers to distress; None where there is none."""
        return await self._chat.hear(said, person) if is_distressed(said.text) else None


class Care:
    """Tells coaches that somebody would like to talk to a person."""

    def __init__(self, store: ChatStore, coaches: Coaches, outbox: Outbox) -> None:
        self._store = store
        self._coaches = coaches
        self._outbox = outbox

    async def tell(self, person: Person, message_id: str, at: datetime, *, show: bool) -> Message:
        """Write to every coach of the person's organization, once for each message; `show`: with what the person wrote.

        Raises:
            NotFound: the message is not there, or is not the person's.
        """
        message = await self._store.message(person, message_id)
        if message is None:
            raise NotFound("That message is not there any more. Write again, and I will ask again.")
        words = message.content[:QUOTED_AT_MOST] if show and message.withdrawn_at is None else ""
        coaches = [each for each in await self._coaches.coaches(person.organization_id) if each.id != person.id]
        told = [each for each in coaches if await self._write(each, person, message_id, words, at)]
        log.info("coaches told", told=len(told))
        return _told(told) if told else _nobody()

    async def _write(self, coach: Person, person: Person, message_id: str, words: str, at: datetime) -> bool:
        to = direct_of(coach)
        if to is None:
            return False
        key = f"care:{message_id}:{'shown' if words else 'told'}:{coach.id}"
        letter = new_letter(key, to, request(person, words), organization_id=coach.organization_id, at=at, person_id=coach.id)
        await self._outbox.add(letter)
        return True


def request(person: Person, words: str) -> Message:
    """What a coach is told."""
    asked = (
        f"{person.name} would like to talk to a person. They wrote something to me that sounded as if they were not well, and "
        "chose to have you told. Please write to them yourself, soon and kindly; I have given them helplines."
    )
    quoted = "\n".join(f"> {line}" for line in words.splitlines())
    body = (Text(asked), *((Text(f"They chose to show you what they wrote:\n\n{quoted}"),) if quoted else ()))
    return Message(cards=(Card("Somebody would like to talk to you", body, Tone.CAREFUL),))


def _told(coaches: list[Person]) -> Message:
    names = " and ".join(each.name for each in coaches[:3])
    words = f"I have told {names}. They will write to you themselves. Until then, these are here for you:"
    return Message(cards=(Card(body=(Text(words), Text(PLACES), Buttons((HELPLINES,))), tone=Tone.GOOD),), private=True)


def _nobody() -> Message:
    words = "I am sorry: there is no coach here whom I could tell. Please turn to one of these, they are there for exactly this:"
    return Message(cards=(Card(body=(Text(words), Text(PLACES), Buttons((HELPLINES,))), tone=Tone.CAREFUL),), private=True)
