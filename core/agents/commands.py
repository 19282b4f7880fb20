"""/agents: who is there, and what to ask them."""

from __future__ import annotations

from core.agents import own_commands, own_views, review_commands
from core.agents.own import OwnAgents
from core.command import Command
from core.people.model import Person
from core.ui import Answer, Button, Call, Card, Menu, Message, Text

MENU_AT_MOST = 25
"""Discord's menus hold no more."""


async def show(person: Person, agents: OwnAgents) -> Answer:
    """The agents, each with what to ask them for: the twelve, then those that the person and their cohort made."""
    cast = await agents.cast(person)
    lines = "\n".join(f"- **@{agent.name}**: {agent.description}" for agent in agents.roster.agents)
    how = "Write @ and a name anywhere in a message. Without a name, whoever spoke last answers, or the Director."
    asking = (Button(each.name, Call("ask", {"agent": each.reference}, form=True)) for each in cast.agents[:MENU_AT_MOST])
    ours = Card("Your agents", (Text(how), Text(lines), Menu("Ask an agent", tuple(asking))))
    return Message(cards=(ours, own_views.others(await agents.all(person), person)), private=True)


COMMANDS = (
    Command(name="agents list", summary="Who you can ask, and for what", handler=show, reads=True),
    *own_commands.COMMANDS,
    *review_commands.COMMANDS,
)
"""The agents' commands."""
