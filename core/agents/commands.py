"""/agents: who is there, and what to ask them."""

from __future__ import annotations

from core.agents.roster import Roster
from core.command import Command
from core.ui import Answer, Button, Call, Card, Menu, Message, Text


async def show(roster: Roster) -> Answer:
    """The agents, each with what to ask them for."""
    lines = "\n".join(f"- **@{agent.name}**: {agent.description}" for agent in roster.agents)
    how = "Write @ and a name anywhere in a message. Without a name, whoever spoke last answers, or the Director."
    menu = Menu(
        "Ask an agent",
        tuple(Button(agent.name, Call("ask", {"agent": agent.name}, form=True)) for agent in roster.agents),
    )
    return Message(cards=(Card("Your agents", (Text(how), Text(lines), menu)),), private=True)


COMMANDS = (Command(name="agents", summary="Who you can ask, and for what", handler=show),)
"""The agents' commands."""
