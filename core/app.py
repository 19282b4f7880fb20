"""The one door in: every surface hands its requests here and shows what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

import structlog

from core import chosen
from core.catalog import Catalog
from core.command import Command, Pace, Problems, form_of, parameters, read, with_days
from core.drafts import about
from core.errors import ModelTrouble, NotAllowed, Refusal, StoreTrouble, Trouble, UnknownCommand
from core.home.commands import HOME
from core.home.model import Opener
from core.home.service import Home
from core.people.model import Person
from core.people.service import People
from core.ports import VIA, Corrections, FormDrafts, Listener, Onlooker
from core.positions import by_position
from core.request import Asked, Entered, Event, Left, Opened, Request, Reworded, Said, Suggesting, Typed, Withdrawn
from core.roles import COACHING, Role
from core.services import Services
from core.sharing.service import PRESS, PRESS_FORM, PRESSED, Sharing
from core.ui import Answer, Button, Buttons, Call, Card, Element, Form, Kind, Live, Message, Option, Page, Text, Tone
from core.words import clean, clean_values, with_clean_words

log = structlog.get_logger()

OPTIONS_AT_MOST = 25
"""Discord shows no more choices while someone types; the others follow."""


class App:
    """The product, as the surfaces see it."""

    def __init__(
        self,
        *,
        catalog: Catalog,
        services: Services,
        people: People,
        home: Home,
        listeners: Sequence[Listener],
        onlookers: Sequence[Onlooker],
        drafts: FormDrafts,
        corrections: Corrections,
        sharing: Sharing,
    ) -> None:
        self.catalog = catalog
        self._services = services
        self._people = people
        self._home = home
        self._listeners = listeners
        self._onlookers = onlookers
        self._drafts = drafts
        self._corrections = corrections
        self._sharing = sharing
        self._refuse_what_cannot_be_called()

    async def handle(self, request: Request) -> Answer:
        """Answer a request. A `Trouble` becomes an answer that says what to do; anything else is raised to the surface."""
        try:
            person = await self._people.meet(request.actor, request.at)
            request = await self._meant(request)
            answer = await self._sharing.carried(await self._handle(request, person), request, self._opens)
            return answer if self._is_of_others(request, person) else self._sharing.offered(answer, request)
        except Trouble as trouble:
            log.info("request refused", kind=type(request).__name__, trouble=type(trouble).__name__)
            return await self._sharing.carried(self._told(trouble, request), request, self._opens)

    async def carried(self, cards: tuple[Card, ...], request: Request) -> tuple[Card, ...]:
        """Cards that answer the request and were not made here, with no button that does more than it can carry."""
        return await self._sharing.carried_by(cards, request, self._opens)

    async def _meant(self, request: Request) -> Request:
        """The request itself, or what a button asks for that could not carry it."""
        is_press = isinstance(request, Asked) and request.command in (PRESS, PRESS_FORM) and PRESSED in request.values
        return await self._sharing.pressed(request) if isinstance(request, Asked) and is_press else request

    def _opens(self, call: Call) -> bool:
        """Whether a form may follow, for which a platform has little time."""
        try:
            return call.form or self.catalog.find(call.command, call.words)[0].pace is Pace.FORM
        except UnknownCommand:
            return False

    def _is_of_others(self, request: Request, person: Person) -> bool:
        """Whether it was asked as a coach: where students stand, and what they wrote, is never one tap away from the channel."""
        if not isinstance(request, Asked):
            return False
        command, _ = self.catalog.find(request.command, request.words)
        return bool(command.needs) or (command.name == HOME and person.role in COACHING)

    async def suggest(self, request: Suggesting) -> tuple[Option, ...]:
        """What could complete the field that someone is typing into; empty where nothing can."""
        command, _ = self.catalog.find(request.command)
        named = {each.name: each for each in parameters(command.args)}
        suggest = named[request.field].arg.suggest if request.field in named else None
        if suggest is None:
            return ()
        person = await self._people.meet(request.actor, request.at)
        found: Sequence[Option] = await self._services.call(suggest, clean(request.typed), person)
        return tuple(found)[:OPTIONS_AT_MOST]

    async def openers(self, request: Event) -> tuple[Opener, ...]:
        """Ways to begin a conversation that fit where the person is, the best first."""
        person = await self._people.meet(request.actor, request.at)
        return await self._home.openers(person)

    async def _handle(self, request: Request, person: Person) -> Answer:
        match request:
            case Said():
                words = clean(request.text)
                words = await self._people.with_names(words, request.actor) if request.addressed else words
                return await self._hear(replace(request, text=words), person)
            case Asked():
                return await self._ask(with_clean_words(request), person)
            case Opened():
                return await self._home.page(person, request.at)
            case Left():
                command, _ = self.catalog.find(request.command)
                typed, of = clean_values(request.values), clean_values(request.about)
                await self._drafts.keep(person, command.name, typed, request.at, of)
                return None
            case Reworded():
                words = await self._people.with_names(clean(request.text), request.actor)
                await self._corrections.reworded(replace(request, text=words), person)
                return None
            case Withdrawn():
                await self._corrections.withdrawn(request, person)
                return None
            case Suggesting():
                raise TypeError("suggestions are asked for with App.suggest")
            case Entered():
                raise TypeError("whoever came into a channel asked for nothing: core.ports.Newcomers is told")
            case _:
                assert_never(request)

    async def _hear(self, said: Said, person: Person) -> Answer:
        for listener in self._listeners:
            answer = await listener.hear(said, person)
            if answer is not None:
                return answer
        return None

    async def _ask(self, asked: Asked, person: Person) -> Answer:
        command, words = self.catalog.find(asked.command, asked.words)
        named = replace(asked, command=command.name)
        for onlooker in self._onlookers:
            await onlooker.passed_by(named, person)
        asked = _without_via(asked)
        if command.needs and person.role not in command.needs:
            raise NotAllowed() if Role.COACH in command.needs else NotAllowed("That is for Admins. Ask yours if you need it.")
        today = asked.at.astimezone(person.zone).date()
        values = with_days(command.args, {**by_position(command.args, words, today), **asked.values}, today)
        if asked.form:
            return _saying_why(await self._form(command, values, asked, person), read(command.args, values, today))
        args = read(command.args, values, today)
        if isinstance(args, Problems):
            return await self._wrong(command, asked, values, args, person)
        try:
            answer: Answer = await self._services.call(command.handler, args, asked, person)
        except Refusal as trouble:
            if not (asked.submitted and _is_written(command, values)):
                raise
            return await self._kept(trouble, command, values, asked, person)
        if isinstance(answer, Form):
            return await self._with_draft(answer, person, words)
        if asked.submitted:
            await self._drafts.drop(person, command.name, values)
        return _for_one(answer, asked) if command.private else answer

    async def _kept(
        self, trouble: Refusal, command: Command, values: Mapping[str, Typed], asked: Asked, person: Person
    ) -> Message:
        """What was written at length is not lost with a form that was refused: it is there when that is opened again."""
        log.info("request refused", kind="Asked", trouble=type(trouble).__name__)
        of = about(form_of(command, values))
        await self._drafts.keep(person, command.name, {n: v for n, v in values.items() if n not in of}, asked.at, of)
        again = Buttons((Button("Open it again", Call(command.name, of, form=True), primary=True),))
        words = f"{trouble.message}\n\nWhat you wrote is kept."
        return Message(cards=(Card(body=(Text(words), again), tone=Tone.BAD),), private=True)

    async def _wrong(
        self, command: Command, asked: Asked, values: Mapping[str, Typed], problems: Problems, person: Person
    ) -> Answer:
        if asked.submitted:
            intro = await self._intro(command, replace(asked, values=values), person)
            return await chosen.told(form_of(command, values, problems.found, intro), self._naming(command, person))
        if problems.missing == problems.found.keys():
            form = await self._form(command, values, asked, person)
            open_ones = frozenset(each.name for each in form.fields if not values.get(each.name))
            return replace(form, asks=open_ones) if len(open_ones) < len(form.fields) else form
        labels = {each.name: each.arg.label for each in parameters(command.args)}
        lines = [f"{labels.get(name, name)}: {problem}" for name, problem in problems.found.items()]
        known = {name: value for name, value in values.items() if name in labels}
        fix = Buttons((Button("Fix it", Call(command.name, known, form=True), primary=True),))
        return Message(cards=(Card(body=(Text("\n".join(lines)), fix), tone=Tone.BAD),), private=True)

    async def _form(self, command: Command, values: Mapping[str, Typed], asked: Asked, person: Person) -> Form:
        """The command's form, with what is known already in it, and over that what was given."""
        at_hand = replace(asked, values=values)
        known: Mapping[str, Typed] = await self._services.call(command.known, at_hand, person) if command.known else {}
        intro = await self._intro(command, at_hand, person)
        form = await chosen.told(form_of(command, {**known, **values}, intro=intro), self._naming(command, person))
        return await chosen.named(await self._with_draft(form, person, asked.words), self._naming(command, person))

    async def _intro(self, command: Command, asked: Asked, person: Person) -> str:
        """What stands above the command's form, however often it comes back."""
        words: str = await self._services.call(command.begins, asked, person) if command.begins else ""
        return words

    def _naming(self, command: Command, person: Person) -> chosen.Naming:
        suggests = {each.name: each.arg.suggest for each in parameters(command.args) if each.arg.suggest}

        async def naming(field: str, id: str) -> Sequence[Option]:
            found: Sequence[Option] = await self._services.call(suggests[field], id, person)
            return found

        return naming

    async def _with_draft(self, form: Form, person: Person, words: str) -> Form:
        """The form with what the person had typed into it when they left it before; what their words say now stays."""
        if form.problems:
            return form

        def said_now(name: str) -> bool:
            value = form.values.get(name)
            return isinstance(value, str) and bool(value) and value in words

        shown = {each.name for each in form.fields}
        kept = {
            name: value
            for name, value in (await self._drafts.find(person, form.command, about(form))).items()
            if name in shown and value != form.values.get(name) and not said_now(name)
        }
        if not kept:
            return form
        intro = f"{form.intro}\n\nWhat you had typed before is still here.".strip()
        return replace(form, values={**form.values, **kept}, intro=intro)

    def _told(self, trouble: Trouble, request: Request) -> Message:
        buttons: tuple[Button, ...] = ()
        if isinstance(trouble, UnknownCommand) and isinstance(request, Asked):
            whole = self.catalog.nearest(_with_part(request))
            near = whole or self.catalog.nearest(request.command)
            left = request.words.partition(" ")[2] if whole else request.words
            buttons = (Button(f"/{near}", Call(near, request.values, words=left)),) if near else ()
        elif isinstance(trouble, StoreTrouble | ModelTrouble) and isinstance(request, Asked):
            buttons = (Button("Try again", Call(request.command, request.values, words=request.words), primary=True),)
        body: tuple[Element, ...] = (Text(trouble.message), *((Buttons(buttons),) if buttons else ()))
        return Message(cards=(Card(body=body, tone=Tone.BAD),), private=True)

    def _refuse_what_cannot_be_called(self) -> None:
        missing = []
        for command in self.catalog.commands.values():
            missing += self._services.missing(command.handler, Asked, Person, command.args)
            for of_form in filter(None, (command.known, command.begins)):
                missing += self._services.missing(of_form, Asked, Person)
            for each in parameters(command.args):
                if each.arg.suggest:
                    missing += self._services.missing(each.arg.suggest, str, Person)
        if missing:
            raise LookupError(f"nobody built what these need: {', '.join(missing)}")


def _is_written(command: Command, values: Mapping[str, Typed]) -> bool:
    """Whether words of somebody's own are among the values, and not only choices."""
    return any(each.kind is Kind.LONG and values.get(each.name) for each in parameters(command.args))


def _without_via(asked: Asked) -> Asked:
    """The request as its command reads it."""
    if VIA not in asked.values:
        return asked
    return replace(asked, values={name: value for name, value in asked.values.items() if name != VIA})


def _saying_why(form: Form, read: object) -> Form:
    """The form of whoever came to mend something, with what is wrong above it; that a field is empty can be seen."""
    labels = {each.name: each.label for each in form.fields}
    found = {name: words for name, words in read.found.items() if name not in read.missing} if isinstance(read, Problems) else {}
    lines = "\n".join(f"{labels[name]}: {words}" for name, words in found.items() if name in labels)
    return replace(form, intro="\n\n".join(each for each in (form.intro, lines) if each))


def _with_part(asked: Asked) -> str:
    """The command with the first of its words, which may have been meant for the name of a part."""
    return " ".join((asked.command, *asked.words.split()[:1]))


def _for_one(answer: Answer, asked: Asked) -> Answer:
    """The answer for the asker alone; a page is a message where others read along, since no platform has pages there."""
    match answer:
        case Message() | Live():
            return answer if answer.private else replace(answer, private=True)
        case Page(title=title, cards=cards) if not asked.direct:
            return Message(title, cards, private=True)
        case _:
            return answer
