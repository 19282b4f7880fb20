"""What people were shown and may want again: answers that they may share, forms, and what their buttons do."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

import structlog

from core.errors import NotFound, Trouble
from core.ids import new_id
from core.inbox import row_of
from core.parcels import TooLargeToKeep, pack_call, pack_form, pack_message, unpack_call, unpack_form, unpack_message
from core.people.model import Person
from core.request import Asked, Event
from core.sharing.carrying import too_large, with_others
from core.sharing.model import Shown
from core.sharing.ports import ShownStore
from core.ui import (
    Answer,
    Button,
    Buttons,
    Call,
    Card,
    Element,
    Ended,
    Feedback,
    Form,
    Link,
    Live,
    Menu,
    Message,
    Page,
    Picture,
    Text,
    Tone,
    Update,
)

log = structlog.get_logger()

SHARE = "share"
"""The command by which it is done."""
REOPEN = "reopen"
"""The command by which a form is opened that could not be opened when it was made."""

PRESS, PRESS_FORM = "press", "press form"
"""What buttons do whose call is kept, since they cannot carry it: the second opens a form, so it is known before any work."""
PRESSED = "call"
"""The value by which such a button names what is kept."""


class Sharing:
    """Keeps what people were shown: to share it where others read along, to open it later, and to be pressed."""

    def __init__(self, store: ShownStore) -> None:
        self._store = store

    def offered(self, answer: Answer, event: Event) -> Answer:
        """The answer, with a button that shares it where it is private in a place of several people.

        What a message's button shares is kept with the event when that is settled (`to_share`); of what grows, each message is
        kept when it has ended.
        """
        if event.direct:
            return answer
        match answer:
            case Message(private=True):
                return _offering(answer, row_of(event.actor.platform, event.id)) if _may_be_shared(answer) else answer
            case Live(updates=updates, private=private):
                return replace(answer, updates=self._growing(updates, event, private=private))
            case _:
                return answer

    async def shared(self, person: Person, identity: str, shown_id: str) -> Message:
        """What was shown to this account, for everybody: without what only its owner may press.

        Raises:
            NotFound: it is gone, or was shown to somebody else.
        """
        shown = await self._store.find(identity, shown_id)
        if shown is None:
            raise NotFound("I do not have that any more. Ask for it again, then share it.")
        message = unpack_message(shown.parcel)
        words = f"Shared by {person.name}" + (f"\n\n{message.text}" if message.text else "")
        return replace(message, text=words, cards=for_everybody(message.cards), private=False)

    async def opening(self, form: Form, event: Event) -> Message:
        """A message that leads to the form, where it cannot be opened at once: platforms open one only while a press is fresh."""
        open_it = Buttons((Button("Open it", await self.leading_to(form, event), primary=True),))
        return Message(cards=(Card(form.title, (Text("This needs a few answers from you."), open_it)),), private=True)

    async def leading_to(self, form: Form, event: Event) -> Call:
        """What opens the form, however much stands in it: a button carries only its id.

        Raises:
            TooLargeToKeep: it does not fit into the record.
        """
        shown = Shown(id=new_id("shn"), identity=event.actor.identity, parcel=pack_form(form), shown_at=event.at)
        await self._store.add(shown)
        return Call(REOPEN, {"form": shown.id})

    async def reopened(self, identity: str, shown_id: str) -> Form:
        """The form that this account was led to.

        Raises:
            NotFound: it is gone, or was shown to somebody else.
        """
        shown = await self._store.find(identity, shown_id)
        if shown is None:
            raise NotFound("That form is too old: I do not have it any more. Ask for it again.")
        return unpack_form(shown.parcel)

    async def carried(self, answer: Answer, event: Event, opens: Callable[[Call], bool]) -> Answer:
        """The answer with no button that does more than any platform's can carry: such a call is kept for the account that is
        shown it, and the button names it. `opens`: whether a call opens a form.

        Where it cannot be kept, the button stays as it is: some platforms carry that.
        """
        match answer:
            case Message() | Page():
                return replace(answer, cards=await self.carried_by(answer.cards, event, opens))
            case Live(updates=updates):
                return replace(answer, updates=self._carried(updates, event, opens))
            case _:
                return answer

    async def carried_by(self, cards: tuple[Card, ...], event: Event, opens: Callable[[Call], bool]) -> tuple[Card, ...]:
        """The same for cards alone; nothing is written, and they stay the same, where all that they do is small."""
        large = too_large(cards)
        return with_others(cards, [(each, await self._leading(each, event, opens)) for each in large]) if large else cards

    async def pressed(self, asked: Asked) -> Asked:
        """What is asked for by a button whose call was kept; all else as it came.

        Raises:
            NotFound: it is gone, or was shown to somebody else.
        """
        shown = await self._store.find(asked.actor.identity, str(asked.values.get(PRESSED, "")))
        if shown is None:
            raise NotFound("That button is too old, or was meant for somebody else. Ask for it again.")
        call = unpack_call(shown.parcel)
        return replace(asked, command=call.command, values=call.values, form=call.form, words=call.words)

    async def _leading(self, call: Call, event: Event, opens: Callable[[Call], bool]) -> Call:
        try:
            shown = Shown(id=new_id("shn"), identity=event.actor.identity, parcel=pack_call(call), shown_at=event.at)
            await self._store.add(shown)
        except Trouble as trouble:
            log.warning("call not kept", command=call.command, trouble=type(trouble).__name__)
            return call
        return Call(PRESS_FORM if opens(call) else PRESS, {PRESSED: shown.id})

    async def _carried(
        self, updates: AsyncGenerator[Update, None], event: Event, opens: Callable[[Call], bool]
    ) -> AsyncGenerator[Update, None]:
        async with aclosing(updates):
            async for update in updates:
                if isinstance(update, Ended):
                    yield Ended(replace(update.message, cards=await self.carried_by(update.message.cards, event, opens)))
                else:
                    yield update

    async def _growing(
        self, updates: AsyncGenerator[Update, None], event: Event, *, private: bool
    ) -> AsyncGenerator[Update, None]:
        async with aclosing(updates):
            async for update in updates:
                if isinstance(update, Ended) and (private or update.message.private):
                    yield Ended(await self._ended(update.message, event))
                else:
                    yield update

    async def _ended(self, message: Message, event: Event) -> Message:
        if not _may_be_shared(message):
            return message
        shown = Shown(id=new_id("shn"), identity=event.actor.identity, parcel=pack_message(message), shown_at=event.at)
        await self._store.add(shown)
        return _offering(message, shown.id)


def to_share(answer: Answer) -> str | None:
    """What is kept of an answer so that the button under it can share it: the message without that button (`core.parcels`); None
    where it has none."""
    if not isinstance(answer, Message) or not answer.cards:
        return None
    match answer.cards[-1].body:
        case (Buttons(items=(Button(call=Call(command)),)),) if command == SHARE:
            return pack_message(replace(answer, cards=answer.cards[:-1]))
        case _:
            return None


def _may_be_shared(message: Message) -> bool:
    nothing_to_share = not message.text and not any(for_everybody((card,)) for card in message.cards)
    told = any(card.tone in (Tone.GOOD, Tone.BAD) for card in message.cards)  # that it was done, or why it was not
    return not nothing_to_share and not told and _can_be_kept(message)


def _can_be_kept(message: Message) -> bool:
    pictured = any(card.image or any(isinstance(each, Picture) for each in card.body) for card in message.cards)
    if not message.files and not pictured:  # words alone never are too large
        return True
    try:
        pack_message(message)
    except TooLargeToKeep:
        return False
    return True


def _offering(message: Message, shown: str) -> Message:
    button = Button("Share with everyone here", Call(SHARE, {"shown": shown}))
    return replace(message, cards=(*message.cards, Card(body=(Buttons((button,)),))))


def for_everybody(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """The cards without what only the one may press who was shown them first."""
    kept = []
    for card in cards:
        body: list[Element] = []
        for element in card.body:
            match element:
                case Menu() | Feedback():
                    continue
                case Buttons(items):
                    links = tuple(each for each in items if isinstance(each, Link))
                    body += [Buttons(links)] if links else []
                case _:
                    body.append(element)
        if body or card.image:
            kept.append(replace(card, body=tuple(body)))
    return tuple(kept)
