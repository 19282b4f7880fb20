"""A student with a database on disk, who asks for commands as any surface does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from core.catalog import Catalog
from core.command import Command, Problems, form_of, read
from core.ids import new_id
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain_message
from core.positions import by_position
from core.request import Actor, Address, Asked, Platform, Typed
from core.services import Services
from core.ui import Answer, Button, Buttons, Card, Form, Menu, Message, Meter

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)


class Foundation:
    """Stands in for the Foundation: unlocked or not."""

    def __init__(self, unlocked: bool = True) -> None:
        self.is_unlocked = unlocked

    async def of(self, person: Person) -> Sequence[Meter]:
        """One grid, half done."""
        return (Meter(f"Company grid of {person.name}", 4, 9),)

    async def unlocked(self, person: Person) -> bool:
        """As it was set."""
        return self.is_unlocked and bool(person.id)


class Student:
    """Someone who asks."""

    def __init__(self, person: Person, people: People, catalog: Catalog, services: Services) -> None:
        self.person = person
        self.people = people
        self.catalog = catalog
        self.services = services

    async def ask(
        self,
        command: str,
        words: str = "",
        values: Mapping[str, Typed] | None = None,
        *,
        submitted: bool = False,
        at: datetime = NOON,
    ) -> Answer:
        """What the command answers, or the form of what is missing or wrong."""
        found, left = self.catalog.find(command, words)
        self.person = await self.people.meet(ACTOR, at)
        given = {**by_position(found.args, left, at.date()), **(values or {})}
        asked = Asked(
            id=new_id("evt"),
            actor=ACTOR,
            address=ADDRESS,
            at=at,
            command=found.name,
            words=f"{command.partition(' ')[2]} {left}".strip(),  # as in Slack, where the part's name is typed too
            values=given,
            submitted=submitted,
        )
        args = read(found.args, given, at.date())
        if isinstance(args, Problems):
            return form_of(found, given, args.found)
        answer: Answer = await self.services.call(found.handler, args, asked, self.person)
        if isinstance(answer, Message):
            for each in pressables(answer):
                call = each.call
                assert len(call.command + call.words + json.dumps(dict(call.values))) <= BUTTON_AT_MOST, call
        return answer

    async def message(self, command: str, words: str = "", values: Mapping[str, Typed] | None = None) -> Message:
        """The same, where the answer is a message."""
        answer = await self.ask(command, words, values)
        assert isinstance(answer, Message)
        return answer

    async def text(self, command: str, words: str = "", values: Mapping[str, Typed] | None = None) -> str:
        """The same, as plain text."""
        return plain_message(await self.message(command, words, values))

    async def form(self, command: str, words: str = "", values: Mapping[str, Typed] | None = None) -> Form:
        """The same, where the answer is a form."""
        answer = await self.ask(command, words, values)
        assert isinstance(answer, Form)
        return answer

    async def send(self, form: Form, values: Mapping[str, Typed], at: datetime = NOON) -> Answer:
        """Fill in a form and send it."""
        return await self.ask(form.command, "", {**form.values, **values}, submitted=True, at=at)

    async def press(self, shown: Message, label: str, at: datetime = NOON) -> Answer:
        """Press the button, or choose the option, that begins with the label."""
        button = next(each for each in pressables(shown) if each.label.startswith(label))
        return await self.ask(button.call.command, button.call.words, button.call.values, at=at)


def pressables(shown: Message) -> list[Button]:
    """Every button and option of a message."""
    cards: Sequence[Card] = shown.cards
    found: list[Button] = []
    for card in cards:
        for element in card.body:
            if isinstance(element, Buttons):
                found += [each for each in element.items if isinstance(each, Button)]
            elif isinstance(element, Menu):
                found += element.options
    return found


def person_named(name: str, number: int = 1, locale: str = "en-GB") -> Person:
    """A person of their own."""
    return Person(
        id=f"per_{number}",
        user_id=f"usr_{number}",
        organization_id="org_1",
        name=name,
        identities=(f"terminal:here:{name}",),
        timezone="Europe/London",
        locale=locale,
        created_at=NOON,
    )


def student(people: People, person: Person, commands: Sequence[Command], *built: object) -> Student:
    """A student to whom these commands answer."""
    return Student(person, people, Catalog(commands), Services(people, *built))


BUTTON_AT_MOST = 100
"""Characters in a Discord button's custom id."""

ACTOR = Actor(Platform.TERMINAL, "here", "nora", "Nora", timezone="Europe/London", locale="en-GB")
ADDRESS = Address(Platform.TERMINAL, "here", "terminal")
