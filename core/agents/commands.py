"""/agents: who is there, and what to ask them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.agents import own_commands, own_views, review_commands
from core.agents.listed import Order
from core.agents.own import OwnAgents
from core.command import Arg, Command
from core.listing import Listing, not_found, sought
from core.people.model import Person
from core.ui import Answer, Button, Call, Card, Menu, Message, Text


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which agents; the order is of those that people made."""

    order: Annotated[Order, Arg("Sorted by")] = Order.MINE


async def show(person: Person, args: List, agents: OwnAgents) -> Answer:
    """The agents, each with what to ask them for: the twelve, then those that the person and their cohort made."""
    twelve = sought(agents.roster.agents, args.words, lambda each: f"{each.name} {each.description}")
    made = await agents.listed(person, args.words, args.order)
    if not twelve and not made:
        return not_found("Your agents", own_views.LIST, args, "No agent")
    lines = "\n".join(f"- **@{agent.name}**: {agent.description}" for agent in twelve)
    how = "Write @ and a name anywhere in a message to me. Without a name, whoever spoke last there answers, or the Director."
    asking = (Button(each.name, Call("ask", {"agent": each.reference}, form=True)) for each in twelve)
    ours = Card("Your agents", (Text(how), Text(lines), Menu("Ask an agent", tuple(asking))))
    shown = (ours,) if twelve and args.page <= 1 else ()
    return Message(cards=(*shown, own_views.others(made, person, args)), private=True)


COMMANDS = (
    Command(name="agents list", summary="Who you can ask, and for what", args=List, handler=show, reads=True),
    *own_commands.COMMANDS,
    *review_commands.COMMANDS,
)
"""The agents' commands."""
