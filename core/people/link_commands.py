"""/link: one account for Slack, Discord and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.people.link import AlreadyLinked, Linking, Pair
from core.people.link_model import LENGTH
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Button, Buttons, Call, Card, Facts, Message, Text, Tone

PLACES = {"slack": "Slack", "discord": "Discord", "terminal": "the terminal", "web": "the web"}


@dataclass(frozen=True, slots=True)
class Entered:
    """A code from the other platform; without one, a new code is given."""

    code: Annotated[str | None, Arg("Code", f"The {LENGTH} characters that /link gave you elsewhere", max_length=40)] = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The code that was asked about."""

    code: Annotated[str, Arg("Code", hidden=True, max_length=40)]


async def link(asked: Asked, person: Person, args: Entered, linking: Linking) -> Answer:
    """Give a code, or ask whether the account that a code stands for is the person's own."""
    if args.code is None:
        return _given(await linking.give_code(person, asked.at))
    return _question(await linking.look_up(person, args.code, asked.at), args.code)


async def confirm(asked: Asked, person: Person, args: Decided, linking: Linking) -> Answer:
    """Link the two accounts."""
    try:
        pair = await linking.confirm(person, args.code, asked.at)
    except AlreadyLinked as told:
        return Message(cards=(Card(body=(Text(told.message),), tone=Tone.GOOD),), private=True)
    words = (
        f"{_place(pair.there)} and {_place(pair.here)} are one account now. Everything from both is together: your Foundation, "
        "runs, assets, progress and figures. Where both had a different value, the newer one stands and the older is kept."
    )
    more = Buttons((Button("My home page", Call("home"), primary=True), Button("History", Call("foundation history"))))
    return Message(cards=(Card("Linked", (Text(words), more), tone=Tone.GOOD),), private=True)


async def refuse(asked: Asked, person: Person, args: Decided, linking: Linking) -> Answer:
    """Leave the two accounts apart."""
    await linking.refuse(person, args.code, asked.at)
    words = "Nothing was linked, and that code no longer works. If somebody sent it to you, tell your coach."
    return Message(cards=(Card(body=(Text(words),)),), private=True)


def _given(code: str) -> Message:
    words = (
        f"Your code is\n\n`{code}`\n\nGo to your other platform and send `/link {code}` there, within 10 minutes. It works once. "
        "Keep it to yourself: whoever enters it joins your account."
    )
    return Message(cards=(Card("Link another platform", (Text(words),)),), private=True)


def _question(pair: Pair, code: str) -> Message:
    facts = Facts((("Here", _described(pair.here)), ("There", _described(pair.there))))
    words = "Are both of these you? Linking makes them one account, with everything from both. It cannot be undone."
    choice = Buttons(
        (
            Button("Link them", Call("link confirm", {"code": code}), primary=True),
            Button("Not me", Call("link refuse", {"code": code})),
        )
    )
    return Message(cards=(Card("Link these two accounts?", (facts, Text(words), choice), tone=Tone.CAREFUL),), private=True)


def _described(person: Person) -> str:
    since = person.created_at.astimezone(person.zone).strftime("%-d %B %Y")
    return f"{person.name} on {_place(person)}, known since {since}"


def _place(person: Person) -> str:
    platforms = dict.fromkeys(identity.partition(":")[0] for identity in person.identities)
    return " and ".join(PLACES.get(each, each) for each in platforms) or "another platform"


COMMANDS = (
    Command(name="link", summary="Link your Slack, Discord and terminal accounts", args=Entered, handler=link),
    Command(name="link confirm", summary="Link them", args=Decided, handler=confirm, listed=False),
    Command(name="link refuse", summary="Not me", args=Decided, handler=refuse, listed=False),
)
