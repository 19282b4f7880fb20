"""What somebody typed by itself and may have meant for a person: the conversation keeps it, and nobody answers it yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.chat.minutes import Minutes
from core.chat.model import ParticipantMessage, address_of
from core.chat.ports import ChatStore
from core.chat.small import is_only_thanks, says_nothing
from core.errors import NotFound
from core.people.model import Person
from core.request import Address, Event, Said

MEANT = "meant"
"""What is noted of words about which their writer was asked: for what they may be, by ids, one a line."""
_GREETING = re.compile(
    r"(?:hi|hiya|hello|hey|hallo|hola|bonjour|good (?:morning|afternoon|evening))"
    r"(?: there| again| all| everyone| team| you)*"
)


_THANKING = {"thanks", "thank", "thx", "ty", "cheers", "ta"}
_AGREEING = "ok okay k great perfect super lovely nice good brilliant cool alright will got sure sounds fine noted understood"
_CHEERING = "haha hahaha lol yay wow"
_AGREED = {*_THANKING, *_AGREEING.split(), *_CHEERING.split()}
_AROUND = {"you", "it", "do", "so", "much", "very", "a", "lot", "again", "that", "for", "see", "i"}
_PRAISE = "was is good call chat talk help helpful advice tip day week weekend nice really your this the all me to hear"
_BUT = {"but", "not", "no", "bad", "hard", "late", "wrong", "never", "still", "stuck", "cant", "wont", "dont", "cannot", "t"}
_PRAISING = frozenset(_PRAISE.split())
"""What thanks go on to say."""
_WEEKDAY = r"(?:(?:on|this|next) )*(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?"
_MEETING = re.compile(
    rf"\b(?:(?:i['’]?ll|i will|will) )?(?:see (?:you|ya|u)(?: all)? (?:then|there|soon|later|again|tomorrow|tonight|{_WEEKDAY})|"
    r"(?:talk|speak)(?: (?:to|with) (?:you|u))? (?:then|soon|later)|(?:till|til|until) then)\b"
)
"""What somebody says who agrees to meet, or to talk: it is for a person, since no agent meets anybody."""
_NO_WORRIES = re.compile(r"\b(?:no worries|np)\b")
BEFORE = timedelta(days=1)
"""What an agent says came of words of that day."""
SAME = timedelta(milliseconds=2)
"""The record keeps times less exactly than requests have them."""
SHORT, THANKING = 5, 8
"""Words of a courtesy at most; of thanks."""


class Gone(NotFound):
    """Those words were sent already, or you took them back. Write them again if you still need them."""


@dataclass(frozen=True, slots=True)
class Loose:
    """Words that somebody typed in direct messages, in the platform's message `event`; `files` came with them. `meant`: for what
    they may have been, by id, where their writer was asked.

    `answered`: an agent answered them. `little`: they greet, thank or agree, and say no more.
    """

    id: str
    event: str
    conversation: str
    words: str = field(repr=False)
    at: datetime
    meant: tuple[str, ...]
    answered: bool
    little: bool
    files: bool


class LooseTalk:
    """Keeps such words as messages of the conversation in which they stand, where they can be corrected and taken back."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store
        self._minutes = Minutes(store)

    async def keep(self, said: Said, person: Person, meant: Sequence[str]) -> Loose:
        """Keep them with what they may be meant for; the same event twice is kept once."""
        return _loose((await self._minutes.heard(person, said, (), {MEANT: "\n".join(meant)})).message)

    async def since(self, person: Person, at: datetime) -> list[Loose]:
        """What the person typed in direct messages from that time on, oldest first; without words where it was let go or taken
        back.
        """
        found = await self._store.typed_since(person, at)
        return [_loose(each) for each in found if each.direct]

    async def talk_at(self, person: Person, address: Address) -> str:
        """The id of the conversation at this address, or "" where there is none."""
        found = await self._store.conversation_at(person, address)
        return found.id if found else ""

    async def goes_on_from(self, said: Said, person: Person) -> datetime | None:
        """When the person said to agents what the message came of below which these words stand; None where they stand below
        nothing of such a talk.

        In a thread of their own words that is when it began, though agents were called below it later; where one conversation has
        no threads it is the last that they had said to agents by then.
        """
        below = said.replies_to_at
        here = await self.talk_at(person, said.address) if said.replies_to else ""
        if below is None or not here:
            return None
        typed = [
            each for each in await self.since(person, below - BEFORE) if each.conversation == here and each.at <= below + SAME
        ]
        return max((each.at for each in typed if each.answered or (each.words and not each.meant)), default=None)

    async def find(self, person: Person, message_id: str) -> Loose | None:
        """The person's words by their id, as they read now; without any, once they are let go or taken back."""
        message = await self._store.message(person, message_id)
        return _loose(message) if message else None

    async def correct(self, person: Person, message_id: str, words: str, at: datetime) -> None:
        """They read so now."""
        await self._store.correct(person, message_id, words, at, withdrawn=False)

    async def let_go(self, person: Person, message_id: str, at: datetime) -> None:
        """They are with whom they were for, so the agents hear nothing of them."""
        await self._store.correct(person, message_id, "", at, withdrawn=True)

    async def said(self, person: Person, message_id: str, now: Event) -> Said:
        """The words as they were said, to be heard once more `now`.

        Raises:
            Gone: they were let go or taken back.
        """
        message = await self._store.message(person, message_id)
        if message is None or message.withdrawn_at is not None:
            raise Gone()
        place = address_of(await self._minutes.conversation_of(person, message))
        event, files = message.external_message_id or message.id, tuple(each.file for each in message.attachments)
        words = message.content
        return Said(id=event, actor=now.actor, address=place, at=now.at, direct=message.direct, text=words, files=files)


def greets(words: str) -> bool:
    """Whether they greet, and say no more, or nothing at all."""
    return says_nothing(words) or bool(_GREETING.fullmatch(words.casefold().strip(" .,!?…")))


def asks_for_nothing(words: str, *, spare: int = 0) -> bool:
    """Whether they thank or agree, and nobody needs to answer. `spare`: so many other words may be among thanks, as a name is."""
    said = re.findall(r"\w+", _NO_WORRIES.sub("ok", _MEETING.sub("ok", words.casefold())))
    thanks = bool(set(said) & _THANKING)
    if "?" in words or not set(said) & _AGREED or set(said) & _BUT or len(said) > (THANKING if thanks else SHORT):
        return is_only_thanks(words)
    others = [each for each in said if each not in _AGREED | _AROUND | (_PRAISING if thanks else set())]
    return len(others) <= (spare if thanks else 0)


def meets(words: str) -> bool:
    """Whether they say when they meet or talk, as one says it to a person and to nobody else."""
    return bool(_MEETING.search(words.casefold()))


def is_courtesy(words: str) -> bool:
    """Whether they greet, thank or agree, and say no more."""
    return greets(words) or asks_for_nothing(words)


def _loose(message: ParticipantMessage) -> Loose:
    meant = str(message.metadata.get(MEANT, "")).split()
    words = message.content.strip()
    answered, event = bool(message.answered_by), message.external_message_id or message.id
    return Loose(
        id=message.id,
        event=event,
        conversation=message.conversation_id,
        words=words,
        at=message.created_at,
        meant=tuple(meant),
        answered=answered,
        little=is_courtesy(words),
        files=bool(message.attachments),
    )
