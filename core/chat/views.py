"""How the chat's own words look: troubles, questions back, who was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.agents.agent import Agent
from core.agents.cast import Cast
from core.agents.mentions import NearMiss
from core.chat.enclosures import listed
from core.chat.model import ParticipantMessage
from core.chat.plan import Part
from core.errors import ModelDeclined, ModelTooLong, Trouble
from core.feedback.views import asked as feedback_asked
from core.ui import Began, Button, Buttons, Call, Card, Ended, Grew, Message, Text, Tone, Update

ASK = "ask"
"""The command by which a kept message is answered."""
ON = "on:"
"""What stands before the id of a message whose answer is to go on."""
GUESSES_AT_MOST = 3
ASKED_AT_MOST = 4
"""Agents who are offered to be asked next."""


def ask_again(agent: Agent, message_id: str) -> Call:
    """The call that has this agent answer the kept message."""
    return Call(ASK, {"agent": agent.reference, "question": message_id})


def go_on(agent: Agent, message_id: str) -> Call:
    """The call that has this agent go on with its answer to the kept message, from where it broke off."""
    return Call(ASK, {"agent": agent.reference, "question": f"{ON}{message_id}"})


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


def nobody_called(name: str, cast: Cast, instead: Agent, message: ParticipantMessage) -> Message:
    """That no agent has this name, with those that there are, and the way to whoever would have answered."""
    words = f"There is no agent called {name}. There are {', '.join(agent.name for agent in cast.agents)}."
    ask = Button(f"Ask {instead.name}", ask_again(instead, message.id), primary=True)
    return Message(text=words, cards=(Card(body=(Buttons((ask, Button("All agents", Call("agents")))),)),))


def broke_off(part: Part, message: ParticipantMessage, trouble: Trouble, anything: bool) -> Card:
    """What is shown where an answer did not come, or not to its end."""
    if part.closing:
        words = f"What the others made is whole; only the summing up is not. {trouble.message}"
        return Card(body=(Text(words),), tone=Tone.CAREFUL)
    title = "This answer is incomplete" if anything else ""
    if isinstance(trouble, ModelDeclined):  # the same words would be declined again
        return Card(title, (Text(trouble.message),), Tone.CAREFUL)
    if anything and not isinstance(trouble, ModelTooLong):
        button = Button("Go on", go_on(part.agent, message.id), primary=True)
    else:
        button = Button("Try again", ask_again(part.agent, message.id), primary=True)
    return Card(title, (Text(trouble.message), Buttons((button,))), Tone.BAD)


def not_kept(trouble: Trouble) -> Card:
    """What is shown where an answer came but could not be saved."""
    words = f"{trouble.message}\n\nThe answer above is not in the record: copy it if you need it."
    return Card("This answer was not saved", (Text(words),), Tone.BAD)


def not_read(left_out: Mapping[str, str]) -> Card:
    """Which files are not read, and what to send instead."""
    one = len(left_out) == 1
    return Card("One file was not read" if one else "Some files were not read", (Text(listed(left_out)),), tone=Tone.CAREFUL)


def not_heard(agents: Sequence[Agent], message: ParticipantMessage) -> Card:
    """Who was called but has not answered, and how to hear from them."""
    names = ", ".join(f"@{agent.name}" for agent in agents)
    buttons = tuple(Button(f"Ask {agent.name}", ask_again(agent, message.id)) for agent in agents[:ASKED_AT_MOST])
    return Card(body=(Text(f"Not asked yet: {names}."), Buttons(buttons)), tone=Tone.CAREFUL)


def again(kept: ParticipantMessage, cast: Cast) -> tuple[Update, ...]:
    """A kept answer as it was given, but for the cards that came with it: what they offered waits where it was kept."""
    agent = cast.by_id(kept.agent_id)
    speaker = agent.speaker if agent else None
    cards = (feedback_asked(kept.id),) if kept.metadata.get("model") else ()
    return Began(speaker), Grew(kept.content), Ended(Message(kept.content, cards, private=kept.private, speaker=speaker))
