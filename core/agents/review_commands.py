"""/agents review: what a coach sees of the agents that are shared, and decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.agents import own_views as views
from core.agents.listed import ReviewOrder, for_review, found_by
from core.agents.naming import skeleton
from core.agents.reviewing import Reviews
from core.command import Arg, Command
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Shared(Listing):
    """Which of them; a name alone, or an id, is that one whole."""

    search: Annotated[str, Arg("Name or words", "Of what it is for; a whole name opens it", max_length=SEARCH_AT_MOST)] = ""
    agent: Annotated[str | None, Arg("Which agent", hidden=True, max_length=40)] = None
    order: Annotated[ReviewOrder, Arg("Sorted by", "What waits for you comes first")] = ReviewOrder.WAITING


@dataclass(frozen=True, slots=True)
class Which:
    """One agent."""

    agent: Annotated[str, Arg("Which agent", hidden=True, max_length=40)]


@dataclass(frozen=True, slots=True)
class AsRead:
    """One agent, at the version that the coach has read."""

    agent: Annotated[str, Arg("Which agent", hidden=True, max_length=40)]
    version: Annotated[int, Arg("Version", hidden=True)]


async def review(person: Person, args: Shared, reviews: Reviews) -> Answer:
    """A page of what is shared, or one of these whole."""
    if args.agent is not None:
        return views.reviewed(*await reviews.one(person, args.agent))
    shared = await reviews.all(person)
    if any(skeleton(each.name) == skeleton(args.search) for each in shared):
        return views.reviewed(*await reviews.one(person, args.search))
    return views.review(for_review(found_by(shared, args.words), args.order), args)


async def approve(asked: Asked, person: Person, args: AsRead, reviews: Reviews) -> Answer:
    """Let the cohort call it."""
    agent = await reviews.approve(person, args.agent, args.version, asked.at)
    return await _told(person, agent.id, f"@{agent.name} answers the whole cohort now. Its maker is told.", reviews)


async def decline(asked: Asked, person: Person, args: AsRead, reviews: Reviews) -> Answer:
    """Leave it to its maker."""
    agent = await reviews.decline(person, args.agent, args.version, asked.at)
    listed = views.review(for_review(await reviews.all(person), ReviewOrder.WAITING), Shared())
    return views.with_words(listed, f"@{agent.name} stays with its maker, who is told. Tell them what to change, if you like.")


async def switch_off(asked: Asked, person: Person, args: Which, reviews: Reviews) -> Answer:
    """Have it answer nobody."""
    agent = await reviews.switch_off(person, args.agent, asked.at)
    return await _told(person, agent.id, f"@{agent.name} is off: it answers nobody any more. Its maker is told.", reviews)


async def _told(person: Person, agent_id: str, words: str, reviews: Reviews) -> Answer:
    agent, maker = await reviews.one(person, agent_id)
    return views.reviewed(agent, maker, words)


COMMANDS = (
    Command(
        name="agents review",
        summary="For coaches: the agents that people share",
        args=Shared,
        handler=review,
        needs=COACHING,
        reads=True,
    ),
    Command(name="agents approve", summary="Share it", args=AsRead, handler=approve, needs=COACHING, listed=False),
    Command(name="agents decline", summary="Do not share it", args=AsRead, handler=decline, needs=COACHING, listed=False),
    Command(name="agents off", summary="Switch it off", args=Which, handler=switch_off, needs=COACHING, listed=False),
)
