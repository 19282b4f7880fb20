"""How the chat's own words look: troubles, questions back, who was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.agents.agent import Agent
from core.agents.mentions import NearMiss
from core.chat.enclosures import listed
from core.chat.model import ParticipantMessage
from core.errors import Trouble
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone

ASK = "ask"
"""The command by which a kept message is answered."""
GUESSES_AT_MOST = 3


def ask_again(agent: Agent, message_id: str) -> Call:
    """The call that has this agent answer the kept message."""
    return Call(ASK, {"agent": agent.reference, "question": message_id})


def did_you_mean(near: Sequence[NearMiss[Agent]], instead: Agent, message: ParticipantMessage) -> Message:
    """The question whether a name was meant that is nearly an agent's."""
    agents: list[Agent] = []
    for each in near:
        if each.who not in agents:
            agents.append(each.who)
    agents = agents[:GUESSES_AT_MOST]
    names = " or ".join(f"@{agent.name}" for agent in agents)
    buttons = [Button(f"Ask {agent.name}", ask_again(agent, message.id), primary=not at) for at, agent in enumerate(agents)]
    if instead not in agents:
        buttons.append(Button(f"No, ask {instead.name}", ask_again(instead, message.id)))
    return Message(text=f"Did you mean {names}?", cards=(Card(body=(Buttons(tuple(buttons)),)),))


def broke_off(agent: Agent, message: ParticipantMessage, trouble: Trouble, anything: bool) -> Card:
    """What is shown where an answer did not come, or not to its end."""
    again = Buttons((Button("Try again", ask_again(agent, message.id), primary=True),))
    title = "This answer is incomplete" if anything else ""
    return Card(title, (Text(trouble.message), again), Tone.BAD)


def not_kept(trouble: Trouble) -> Card:
    """What is shown where an answer came but could not be saved."""
    words = f"{trouble.message}\n\nThe answer above is not in the record: copy it if you need it."
    return Card("This answer was not saved", (Text(words),), Tone.BAD)


def not_read(left_out: Mapping[str, str]) -> Card:
    """Which files are not read, and what to send instead."""
    one = len(left_out) == 1
    return Card("One file was not read" if one else "Some files were not read", (Text(listed(left_out)),), tone=Tone.CAREFUL)


def not_heard(agents: Sequence[Agent]) -> Card:
    """Who was called but has not answered."""
    names = ", ".join(f"@{agent.name}" for agent in agents)
    return Card(body=(Text(f"Not asked yet: {names}. Write to them again to hear from them."),), tone=Tone.CAREFUL)
