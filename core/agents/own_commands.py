"""/agents create and what follows: people's own agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from core.agents import own_views as views
from core.agents.faces import FACES, OPTIONS
from core.agents.model import ModelSize, UserAgent
from core.agents.naming import NAME_AT_MOST, NotAName
from core.agents.own import (
    DESCRIPTION_AT_MOST,
    INSTRUCTIONS_AT_MOST,
    PERSONALITY_AT_MOST,
    NameTaken,
    OwnAgents,
    Wanted,
)
from core.agents.reading import READABLE
from core.agents.reviewing import Reviews
from core.command import Arg, Command, Pace, form_of
from core.errors import Refusal
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Card, Form, Kind, Message, Option, Text, Tone

TOOLS = tuple(Option(name, label) for name, label in READABLE.items())
MODELS = (Option("large", "The coaching model"), Option("small", "The small model"))
"""The models that such an agent may have; which these are, the settings say."""
INTRO = (
    "Our own rules stand above what you write here. It can read what you tick, of whoever asks it and of nobody else, and it can "
    "change nothing."
)


async def suggest(typed: str, person: Person, agents: OwnAgents) -> Sequence[Option]:
    """The agents that the person made or their cohort shares, whose names begin so."""
    wanted = typed.strip().lstrip("@").casefold()
    return [Option(each.name, each.name) for each in await agents.all(person) if each.name.casefold().startswith(wanted)]


WHICH = Arg("Which agent", "Its name", max_length=40, suggest=suggest)


@dataclass(frozen=True, slots=True)
class Named:
    """One agent."""

    agent: Annotated[str, WHICH]


@dataclass(frozen=True, slots=True)
class Deleted:
    """One agent, and whether its maker is sure."""

    agent: Annotated[str, WHICH]
    sure: Annotated[bool, Arg("Sure", hidden=True)] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An agent as its maker wants it."""

    name: Annotated[str, Arg("Name", f"2 to {NAME_AT_MOST} letters: it is called by @ and this name", max_length=NAME_AT_MOST)]
    description: Annotated[
        str, Arg("What to ask it for", "One sentence, as it stands in /agents", max_length=DESCRIPTION_AT_MOST)
    ]
    instructions: Annotated[
        str, Arg("Instructions", "What it does and how. Our rules stand above these", Kind.LONG, INSTRUCTIONS_AT_MOST)
    ]
    personality: Annotated[
        str, Arg("Personality", "How it speaks, such as: dry, brief, curious", Kind.LONG, PERSONALITY_AT_MOST)
    ] = ""
    face: Annotated[str, Arg("Face", options=OPTIONS)] = FACES[0].emoji
    model: Annotated[ModelSize, Arg("Model", "The small one is quicker and costs less", options=MODELS)] = "large"
    tools: Annotated[
        tuple[str, ...], Arg("What it may read", "Of whoever asks it, and of nobody else", Kind.CHOICES, options=TOOLS)
    ] = ()

    @property
    def wanted(self) -> Wanted:
        """The same without what forms are about."""
        return Wanted(
            name=self.name,
            description=self.description,
            personality=self.personality,
            instructions=self.instructions,
            face=self.face,
            model=self.model,
            tools=self.tools,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Made):
    """One agent as its maker wants it now, and the version that they saw."""

    agent: Annotated[str, Arg("Which agent", hidden=True, max_length=40)]
    seen: Annotated[int, Arg("Version", hidden=True)]


async def create(asked: Asked, person: Person, args: Made, agents: OwnAgents) -> Answer:
    """Keep a new agent."""
    try:
        made = await agents.create(person, args.wanted)
    except (NotAName, NameTaken) as trouble:
        return _form(CREATE, "Create an agent", asked.values, trouble)
    return views.opened(made, person, f"@{made.name} is there. Write @{made.name} anywhere in a message to me to ask it.")


async def show(person: Person, args: Named, agents: OwnAgents) -> Answer:
    """One agent whole."""
    return views.opened(await agents.show(person, args.agent), person)


async def edit(person: Person, args: Named, agents: OwnAgents) -> Answer:
    """Open the person's own agent in a form."""
    agent = await agents.own(person, args.agent)
    unseen: dict[str, Typed] = {"agent": agent.id, "seen": str(agent.version)}
    return _form(SAVE, f"Edit {agent.name}", {**_values(agent), **unseen})


async def save(asked: Asked, person: Person, args: Changed, agents: OwnAgents) -> Answer:
    """Keep the person's own agent as it is in the form."""
    before = await agents.own(person, args.agent)
    try:
        kept = await agents.edit(person, args.agent, args.wanted, args.seen)
    except (NotAName, NameTaken) as trouble:
        return _form(SAVE, f"Edit {before.name}", asked.values, trouble)
    again = (
        " Your cohort cannot call it until a coach has approved it as it is now: share it again."
        if before.sharing in ("asked", "shared")
        else ""
    )
    return views.opened(kept, person, f"Saved.{again}")


async def copied(person: Person, args: Named, agents: OwnAgents) -> Answer:
    """Open a new agent's form with all that is in this one, but its name."""
    agent = await agents.show(person, args.agent)
    values = {name: value for name, value in _values(agent).items() if name != "name"}
    return _form(CREATE, f"A copy of {agent.name}", values)


async def share(asked: Asked, person: Person, args: Named, reviews: Reviews) -> Answer:
    """Ask a coach whether the cohort may call it."""
    agent = await reviews.ask(person, args.agent, asked.at)
    told = (
        f"Your cohort can call @{agent.name} now."
        if agent.sharing == "shared"
        else "Your coaches are asked. You get a message when one of them has decided; until then it answers you alone."
    )
    return views.opened(agent, person, told)


async def unshare(person: Person, args: Named, reviews: Reviews) -> Answer:
    """Have it answer its maker alone."""
    agent = await reviews.take_back(person, args.agent)
    return views.opened(agent, person, f"@{agent.name} answers you alone." if agent.sharing == "private" else "")


async def delete(person: Person, args: Deleted, agents: OwnAgents) -> Answer:
    """Ask whether they are sure; then delete it."""
    agent = await agents.own(person, args.agent)
    if not args.sure:
        return views.sure(agent)
    await agents.delete(person, agent.id)
    words = f"@{agent.name} is deleted. What it said stays where it was said."
    return Message(cards=(Card(body=(Text(words),), tone=Tone.GOOD),), private=True)


def _form(command: Command, title: str, values: Mapping[str, Typed], trouble: Refusal | None = None) -> Form:
    fields = form_of(command, {}).fields
    return Form(command.name, title, fields, dict(values), {"name": trouble.message} if trouble else {}, INTRO)


def _values(agent: UserAgent) -> dict[str, Typed]:
    return {
        "name": agent.name,
        "description": agent.description,
        "instructions": agent.base_instructions,
        "personality": agent.personality,
        "face": agent.emoji or FACES[0].emoji,
        "model": agent.model,
        "tools": agent.tools,
    }


CREATE = Command(name="agents create", summary="Make an agent of your own", args=Made, handler=create, pace=Pace.FORM)
SAVE = Command(name="agents save", summary="Change your agent", args=Changed, handler=save, pace=Pace.FORM, listed=False)
COMMANDS = (
    CREATE,
    Command(name="agents show", summary="An agent that you made or your cohort shares", args=Named, handler=show, reads=True),
    Command(name="agents edit", summary="Change an agent of yours", args=Named, handler=edit, pace=Pace.FORM),
    SAVE,
    Command(name="agents copy", summary="Make an agent like another", args=Named, handler=copied, pace=Pace.FORM),
    Command(name="agents share", summary="Share an agent of yours with the cohort", args=Named, handler=share),
    Command(name="agents unshare", summary="Keep an agent of yours to yourself again", args=Named, handler=unshare),
    Command(name="agents delete", summary="Delete an agent of yours", args=Deleted, handler=delete),
)
