"""What is typed below “What is the next thing, and by when?”, or below the reminder that asks what the week is for: kept as
/commit keeps it, whoever answers the rest.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from core.commitments import views
from core.commitments.commands import Words, commit
from core.commitments.model import CommitmentState
from core.commitments.service import Commitments
from core.dates import parted
from core.help.pointing import A_PERSON
from core.help.taken import DAY, THING_AT_MOST, promised
from core.help.wishes import wished
from core.meanwhile import TALKING, Meanwhile
from core.people.model import Person
from core.request import Said, as_command
from core.ui import Answer

FRESH = timedelta(hours=2)
"""For so long what names a thing and its day is taken for the answer."""
SAME = timedelta(milliseconds=2)
"""The record keeps times less exactly than requests have them; and the very words, heard twice, are no second answer."""
LETTERS_AT_MOST = 300
"""Of what is looked at: more is a story."""
_AROUND = re.compile(
    r"^\W*(?:(?:ok|okay|oh|ah|hm+|so|and|then|yes|yep|hi|hello|hey|well|also|thanks|thank you|next thing is|next is|to)\b\W+|"
    r"(?:next(?: thing)?|cool|good|great|lovely|nice|perfect)\s*[,.:!–-]+\W*)*|"
    r"(?:(?<=[\s,;.!–-])(?:thanks|thank you|please)|:[a-z0-9_+-]*[a-z_+][a-z0-9_+-]*:|[^\w)])+$",
    re.IGNORECASE,
)
"""Thanks, and a first or last word that is no part of the thing; smileys, also as platforms spell them."""
_ILL = re.compile(r"^i(ll|m)\b(?=\s+(?!(?:again|and|at|in|on|since|with|today|tomorrow|tonight)\b)\w)", re.IGNORECASE)
"""“I'll” as many phones have it, at the beginning."""
_FULL_STOP = re.compile(r"[.!;]\s+(?=(?:by|on|before|due)\b)", re.IGNORECASE)
"""A day may be said as a sentence of its own: “Photograph the boxes. By Friday.”"""
_WOULD_BE = re.compile(
    r"^(?:that|it|this|the (?:one )?thing)(?:(?: would|'d| will|'ll)(?: probably)? be|'s| is) (?=(?:the|my|our) \w)|"
    r"\s*[,.;–-]?\s+(?:and )?(?:to |i'll |i will )?(?:finish|get|do|have|complete) (?:it|that|this)"
    r"(?: (?:done|finished|ready))?(?=\s+(?:by|on|before)\b)",
    re.IGNORECASE,
)
"""What stands around the thing in a sentence: “that would be the interview, finish it by Thursday”."""
_INTENDS = re.compile(r"\W*(?:(?:ok|okay|so|hi|hello|hey)\W+)*i(?:['’]?ll| will|(?:['’]?m| am) going to)\b", re.IGNORECASE)
"""Said of oneself, and plainly: other words with a day in them may be about anything where nobody asked."""
_SPOKEN_TO = re.compile(r"\W*(?:(?:ok|okay|hi|hello|hey|dear|thanks)\W+)*(\w+)\s*[,:!–-]")
_TO_OTHERS = re.compile(r"\?|^\s*[/@]")
_FOR_OTHERS = re.compile(
    r"\b(?:what|how|why|when|where|which|who|whom|whose|should|remind|explain|me|you|your|yours|u)\b|"
    r"\b(?:not|never|nothing|none|until|till|maybe|perhaps|probably)\b|n't\b"
)
"""What is asked, spoken to us, or said of what will not be."""
_TOLD = re.compile(
    r"\b(?:gonna|wanna|i|we|they|he|she|there|is|are|was|were|am|been|has|had|will|would|can|could|may|might|must|did|does|got|said|comes?|"
    r"needs?|opens?|closes?|arrives?|\w+'(?:s|m|re|ve|ll|d))\b"
)
"""A sentence about something, and no thing to do."""
_STATES = """
    back bye busy did done feeling free had happy have holiday holidays hope hopefully hoping idk ill it knew later left let lets
    made met more no off out paid pause posted quiet rang same see sent sick skip sold sorry spoke stop that they think thinking
    this tired told too took very waiting went wrote
    """
_NO_BEGINNING = frozenset(_STATES.split())
"""What tells how it was, or how they are, begins so."""
_PAST = re.compile(r"(?!(?:need|feed|speed|seed|embed|shed|shred)\b)\w{2,}ed\b")
_EMPTY = """
    a again all ask both call continue do done else finish get go going it keep meet more next on one same some something speak
    start talk that the them then these thing things this those try up
    """
_SAYS_NOTHING = frozenset(_EMPTY.split())
"""These alone name no thing."""
_SEVERAL = re.compile(rf"\b(?:by|before|due|on)\s+{DAY}\b|\b{DAY}\s*(?:[,;]|and\b)", re.IGNORECASE)
_BY = re.compile(r".*\b(?:by|before|due)\b", re.IGNORECASE)
_ON_BESIDE = re.compile(r"(?!b?ring\b)\w+ing\b|\w+\W*$")
"""Of a day that is not said with a by: a state, such as working today, or one word, such as sunny tomorrow."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A message that asked for the next thing, by its id, and when. `replied`: the words stand below that very message; `talked`:
    so do others that were for an agent.
    """

    id: str
    at: datetime
    replied: bool = False
    talked: bool = False


class AlsoAsks(Protocol):
    """Whoever asks for the next thing besides: reminders do, at the beginning of a week."""

    async def asked(self, said: Said, person: Person) -> AskedFor | None:
        """The message to which the words may be the answer, or None where none came of late."""
        ...

    async def answered(self, asked: AskedFor, person: Person, at: datetime) -> None:
        """It has its answer."""
        ...

    async def offered(self, thing: str, person: Person, at: datetime) -> None:
        """The person is asked whether to note this."""
        ...


class NextThing:
    """Implements `core.ports.Listener` for words in a direct message that name a thing and its day soon after something was
    done, or a reminder came that asks what the week is for. Whether Claude answers the rest, or nobody, makes no difference.

    Where no day is in them they are for the agents, who are told what to do in the same words.
    """

    def __init__(
        self,
        commitments: Commitments,
        coaches: Callable[[Person], Awaitable[Sequence[Person]]],
        meanwhile: Meanwhile,
        also: AlsoAsks,
    ) -> None:
        self._also = also
        self._commitments = commitments
        self._coaches = coaches
        self._meanwhile = meanwhile

    async def hear(self, said: Said, person: Person) -> Answer:
        """What /commit answers to them; None where the words are for somebody else."""
        if not said.direct or not said.addressed or said.files:
            return None
        thing = next_thing(said.text, said.at.astimezone(person.zone).date())
        if not thing or await self._calls_somebody(said, person):
            return None
        asked_at = await self._asked_at(person, said.at)
        letter = None
        if asked_at is None or await self._meanwhile.is_for_others(said, person, asked_at):
            letter = await self._letter(said, person)
            if letter is None:
                return await self._offered(said, person)
        answer = await note(self._commitments, said, person, thing)
        if letter is not None:
            await self._also.answered(letter, person, said.at)
        return answer

    async def _offered(self, said: Said, person: Person) -> Answer:
        """What somebody says of their own accord that they will do, in plain words with its day: nothing is kept yet. None where
        they talk with an agent or a person.
        """
        thing = promised(said.text) if _INTENDS.match(said.text) else ""
        if not thing or await self._meanwhile.is_for_others(said, person, said.at - TALKING):
            return None
        await self._also.offered(thing, person, said.at)
        return views.offered(thing)

    async def _asked_at(self, person: Person, at: datetime) -> datetime | None:
        """When something was done, which is when we asked; None where that is long ago, or something was promised since."""
        kept = await self._commitments.kept(person, at)
        touched = [each.changed_at or each.created_at for each in kept]
        done = [
            each.changed_at
            for each in kept
            if each.promised and each.state is CommitmentState.DONE and each.changed_at is not None
        ]
        last = max(done, default=None)
        if last is None or at - last > FRESH or any(last + SAME < each < at - SAME for each in touched):
            return None
        return last

    async def _letter(self, said: Said, person: Person) -> AskedFor | None:
        """The reminder to which the words are the answer; None where something was promised since, or they are for others."""
        asked = await self._also.asked(said, person)
        if asked is None:
            return None
        kept = await self._commitments.kept(person, said.at)
        if any(each.promised and asked.at < each.created_at < said.at - SAME for each in kept):
            return None
        if asked.replied:
            return None if asked.talked and not self._meanwhile.practice else asked
        return None if await self._meanwhile.is_for_others(said, person, asked.at) else asked

    async def _calls_somebody(self, said: Said, person: Person) -> bool:
        if await self._meanwhile.calls(person, said.text):
            return True
        spoken_to = _SPOKEN_TO.match(said.text.casefold())
        if spoken_to is None:
            return False
        return any(each.name.casefold().split()[:1] == [spoken_to[1]] for each in await self._coaches(person))


async def note(commitments: Commitments, said: Said, person: Person, thing: str) -> Answer:
    """What the button does that offers to note it, for somebody who said yes in words."""
    return await commit(as_command(said, "commit"), person, Words(thing), commitments)


def next_thing(text: str, today: date) -> str:
    """The thing and its day, as /commit takes them; "" where the words are anything else."""
    if len(text) > LETTERS_AT_MOST:
        return ""
    words = _ILL.sub(r"I'\1", _FULL_STOP.sub(" ", " ".join(_AROUND.sub("", text.replace("’", "'")).split())))
    words = _WOULD_BE.sub("", words)
    if not words or _TO_OTHERS.search(text) or _FOR_OTHERS.search(words.casefold()) or A_PERSON in wished(words):
        return ""
    vowed = promised(words) or promised(f"I {words}")
    thing = vowed or words
    what, days = parted(thing, today)
    if not days.found or not _is_a_thing(what) or A_PERSON in wished(what):
        return ""
    return thing if vowed or _is_said_alone(what, thing) else ""


def _is_a_thing(what: str) -> bool:
    """Whether it says what there is to do. With a day of its own in it, it is several things."""
    said = re.findall(r"[\w']+", what.casefold())
    if not said or said[0] in _NO_BEGINNING or _PAST.match(said[0]) or _SAYS_NOTHING.issuperset(said):
        return False
    return not _SEVERAL.search(what)


def _is_said_alone(what: str, thing: str) -> bool:
    """Whether it is nothing but the thing, without a word of who does it."""
    folded = what.casefold()
    if len(what.split()) > THING_AT_MOST or _TOLD.search(folded) or re.search(r"[.!;]\s", what):
        return False
    return bool(_BY.match(thing[len(what) :])) or not _ON_BESIDE.match(folded)
