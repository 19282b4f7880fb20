"""ask: an agent answers a message that is kept, or a question that is typed; what buttons do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from core.agents.own import OwnAgents
from core.chat.caring import TELL, Care
from core.chat.service import Chat
from core.chat.views import ASK
from core.command import Arg, Command, OnMessage, Pace
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Kind, Option

QUESTION_AT_MOST = 4_000
"""Discord's modal takes no longer text; a longer question is written as a message."""


async def agents(typed: str, person: Person, own: OwnAgents) -> Sequence[Option]:
    """The agents one of whose names begins with what is typed."""
    wanted = typed.strip().lstrip("@").casefold()
    return [
        Option(agent.name, f"{agent.name}: {agent.description}"[:100])
        for agent in (await own.cast(person)).agents
        if any(each.name.casefold().startswith(wanted) for each in agent.names)
    ]


@dataclass(frozen=True, slots=True)
class Asking:
    """An agent, and a question: its words, or the id of a message of the person's that is kept."""

    agent: Annotated[str, Arg("Agent", "Whom to ask, such as Teacher", suggest=agents, max_length=80)]
    question: Annotated[str, Arg("Your question", "As you would ask it", kind=Kind.LONG, max_length=QUESTION_AT_MOST)]


async def ask(asked: Asked, person: Person, args: Asking, chat: Chat) -> Answer:
    """Have the agent answer."""
    return await chat.ask(asked, person, args.agent, args.question)


@dataclass(frozen=True, slots=True)
class Telling:
    """Of which message a coach is told, and whether its words are shown."""

    message: Annotated[str, Arg("Message", hidden=True, max_length=40)]
    show: Annotated[str, Arg("Show what I wrote", hidden=True, max_length=3)] = ""


async def tell_a_coach(asked: Asked, person: Person, args: Telling, care: Care) -> Answer:
    """Tell the coaches that the person would like to talk to somebody."""
    return await care.tell(person, args.message, asked.at, show=args.show == "yes")


COMMANDS = (
    Command(name=TELL, summary="Tell a coach", args=Telling, handler=tell_a_coach, listed=False),
    Command(
        name=ASK,
        summary="Ask an agent",
        args=Asking,
        handler=ask,
        pace=Pace.LATER,
        private=False,
        listed=False,
        on_message=OnMessage("Ask an agent about this", "question"),
    ),
)
