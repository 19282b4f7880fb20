"""How the agents that people make look: opened, listed, and before a coach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.agents.model import Sharing, UserAgent
from core.agents.reading import in_words
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Menu, Message, Table, Text, Tone

LIST, REVIEW = "agents list", "agents review"
OTHERS = "Made by you and your cohort"
STANDING: dict[Sharing, str] = {
    "private": "Answers its maker alone",
    "asked": "Waits for a coach's approval",
    "shared": "Answers the whole cohort",
    "off": "Switched off by a coach",
}
ABOUT = (
    "You can make agents of your own: for your tone, your routine, your product. You call them by @ and their name, as you "
    "call the others, and may share them with your cohort."
)


def others(agents: Sequence[UserAgent], person: Person, asking: Listing) -> Card:
    """A page of those beside the twelve, with a way to open them and to make one."""
    make = Button("Create an agent", Call("agents create"), primary=not agents and not asking.narrowed)
    if not agents:
        words = f"None of them has “{asking.words}” in its name or in what it is for." if asking.words else ABOUT
        whole = (Button("All agents", Call(LIST)),) if asking.words else ()
        return Card(OTHERS, (Text(words), Buttons((*whole, make))))
    leaf = leaf_of(agents, asking.page)
    lines = "\n".join(f"- **@{each.name}**{_whose(each, person)}: {each.description}" for each in leaf.rows)
    menu = Menu("Open an agent", tuple(Button(each.name, Call("agents show", {"agent": each.id})) for each in leaf.rows))
    head = (Text(counted(asking, leaf, "agent")),) if leaf.pages > 1 or asking.narrowed else ()
    return Card(OTHERS, (*head, Text(lines), menu, *turning(LIST, asking, leaf, make, find="Find an agent")))


def opened(agent: UserAgent, person: Person, told: str = "") -> Message:
    """One agent whole, with what may be done to it."""
    mine = agent.created_by == person.user_id
    here = {"agent": agent.id}
    buttons = [Button(f"Ask {agent.name}", Call("ask", here, form=True), primary=True)] if agent.sharing != "off" else []
    if mine:
        buttons.append(Button("Edit", Call("agents edit", here)))
        if agent.sharing in ("private", "off"):
            buttons.append(Button("Share with the cohort", Call("agents share", here)))
        else:
            buttons.append(Button("Keep to myself", Call("agents unshare", here)))
    buttons.append(Button("Copy", Call("agents copy", here)))
    if mine:
        buttons.append(Button("Delete", Call("agents delete", here)))
    facts = (*_facts(agent), ("Made by", "You" if mine else "Someone in your cohort"))
    card = Card(f"@{agent.name}", (Facts(facts), *_words(agent), Buttons(tuple(buttons))))
    return Message(told, (card,), private=True)


def sure(agent: UserAgent) -> Message:
    """The question before an agent is deleted."""
    words = (
        f"This deletes @{agent.name} and what you told it. What it said stays in your conversations, under its name. "
        "There is no way back."
    )
    yes = Button(f"Yes, delete {agent.name}", Call("agents delete", {"agent": agent.id, "sure": "yes"}))
    keep = Button("Keep it", Call("agents show", {"agent": agent.id}))
    return Message(cards=(Card(f"Delete @{agent.name}?", (Text(words), Buttons((yes, keep))), Tone.CAREFUL),), private=True)


def request(agent: UserAgent, maker: str) -> Message:
    """What a coach is sent: all that it is told, and the choice."""
    words = (
        f"{maker} wants to share an agent with your cohort. Everybody here could call it then, and read and copy what it is told."
    )
    return Message(cards=(Card(f"May @{agent.name} be shared?", (Text(words), *under_review(agent, maker))),), private=True)


def reviewed(agent: UserAgent, maker: str, told: str = "") -> Message:
    """The same when a coach looks for it."""
    return Message(told, (Card(f"@{agent.name}", under_review(agent, maker)),), private=True)


def under_review(agent: UserAgent, maker: str) -> tuple[Facts | Text | Buttons, ...]:
    """An agent as a coach reads it, with what may be done by now."""
    this: dict[str, str] = {"agent": agent.id, "version": str(agent.version)}
    approve = Button("Approve", Call("agents approve", this), primary=True)
    decline = Button("Decline", Call("agents decline", this))
    off = Button("Switch off", Call("agents off", {"agent": agent.id}))
    on = Button("Switch on", Call("agents approve", this))
    choice = {"asked": (approve, decline), "shared": (off,), "off": (on,)}.get(agent.sharing, ())
    buttons = (Buttons((*choice, Button("All shared agents", Call(REVIEW)))),)
    return (Facts((*_facts(agent), ("Made by", maker))), *_words(agent), *buttons)


def review(agents: Sequence[UserAgent], asking: Listing) -> Message:
    """A page of all that a coach may look at."""
    if not agents and asking.narrowed:
        return not_found("Shared agents", REVIEW, asking, "No shared agent")
    if not agents:
        words = "Nobody has shared an agent yet. When someone asks to, you get a message with all that it is told."
        return Message(cards=(Card("Shared agents", (Text(words),)),), private=True)
    leaf = leaf_of(agents, asking.page)
    table = Table(
        ("Agent", "What it is for", "State"),
        tuple((each.name, each.description[:80], STANDING[each.sharing]) for each in leaf.rows),
    )
    menu = Menu("Look at", tuple(Button(each.name, Call(REVIEW, {"agent": each.id})) for each in leaf.rows))
    head = Text(counted(asking, leaf, "agent"))
    return Message(cards=(Card("Shared agents", (head, table, menu, *turning(REVIEW, asking, leaf))),), private=True)


def with_words(message: Message, words: str) -> Message:
    """The message with words above it."""
    return replace(message, text=words)


def verdict(agent: UserAgent, sharing: Sharing) -> Message:
    """What its maker is told."""
    words, tone = {
        "shared": (f"A coach approved @{agent.name}: everybody in your cohort can call it now.", Tone.GOOD),
        "private": (
            f"A coach did not approve @{agent.name} for the cohort. It still answers you. Ask your coach what to change, then "
            "share it again.",
            Tone.CAREFUL,
        ),
    }.get(
        sharing,
        (
            f"A coach switched @{agent.name} off: it answers nobody for now, you included. Ask your coach why; you can edit it "
            "and share it again, or delete it.",
            Tone.CAREFUL,
        ),
    )
    look = Buttons((Button("Look at it", Call("agents show", {"agent": agent.id})),))
    return Message(cards=(Card("Your agent", (Text(words), look), tone),), private=True)


def _facts(agent: UserAgent) -> tuple[tuple[str, str], ...]:
    return (("For", agent.description), ("May read, of whoever asks", in_words(agent.tools)), ("State", STANDING[agent.sharing]))


def _words(agent: UserAgent) -> tuple[Text, ...]:
    parts = (("Personality", agent.personality), ("Instructions", agent.base_instructions))
    return tuple(Text(f"**{title}**\n\n{words}") for title, words in parts if words)


def _whose(agent: UserAgent, person: Person) -> str:
    if agent.created_by != person.user_id:
        return " (cohort)"
    return "" if agent.sharing == "private" else f" ({STANDING[agent.sharing].casefold()})"
