"""What is typed below a table that was offered or read back: yes reads or saves it, “those are Mondays” turns its weeks round."""

from __future__ import annotations

import re

from core.kpis.again import FRESH
from core.kpis.imports import views
from core.kpis.imports.commands import Taken, Waiting, read, shift, take
from core.kpis.imports.held import Held
from core.kpis.imports.service import Imports
from core.kpis.imports.spans import Marks
from core.kpis.service import Snapshots
from core.kpis.tries import are_for_others
from core.kpis.yeses import agrees, doubts, in_plain, nods
from core.meanwhile import Meanwhile, Since
from core.people.model import Person
from core.request import Asked, Said, as_command
from core.ui import Answer

LETTERS_AT_MOST = 100
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"
_ALL = re.compile(rf"\ball (?:the |of the |these )?(?:\d+|{_NUMBERS})?(?: ?(?:weeks?|months?|periods?))?(?=$| )")
"""How many all are, as the button says it: save all 3."""
_PLEASE = "please"
_READS = re.compile(
    rf"(?:(?:yes+|yep|yeah|ok|okay|sure|and|{_PLEASE}|go on) )*read (?:it|them|these|those)(?: figures)?(?: {_PLEASE})?"
)
_A_WEEK = r"\b(?:weeks?|they|it) (?:\w+ )?"
_OF_A_WEEK = r"of (?:the |each |its )?weeks?\b"
_FIRST = re.compile(
    rf"\bmondays?\b|\bfirst days?\b|{_A_WEEK}(?:starts?|begins?)\b|\b(?:start|beginning)s? {_OF_A_WEEK}"
    r"|\bweeks? (?:starting|beginning)\b|\b(?:starts?|begins?) (?:there|then)\b"
)
_LAST = re.compile(
    rf"\bsundays?\b|\blast days?\b|{_A_WEEK}ends?\b|\bends? {_OF_A_WEEK}|\bweeks? ending\b|\bends? (?:there|then)\b"
)
_OTHER_WAY = re.compile(r"\b(?:not|isn't|aren't) (?:the |on )?(?:mondays?|sundays?|first days?|last days?|first|last)\b")
_SAYING = (
    "no nope yes and but oh sorry wait actually please these those they they're that that's it it's is are was were the a my our "
    "all each every of on in to not aren't isn't day days date dates row rows week weeks week's monday mondays sunday sundays "
    "first last start starts starting begin begins beginning end ends ending there then always its"
)
_OF_DAYS = frozenset(_SAYING.split())
"""Words that say which days those in a table are, and nothing else."""


class TableAnswered:
    """Implements `core.ports.Listener` for words in a direct message that answer a table which was offered or read back last,
    where nothing else happened since, and `core.ports.Onlooker`: with any other command it did.
    """

    def __init__(self, imports: Imports, snapshots: Snapshots, meanwhile: Meanwhile, reminded: Since) -> None:
        """`reminded`: what the person was reminded of, to which the words may be an answer too."""
        self._imports = imports
        self._snapshots = snapshots
        self._meanwhile = meanwhile
        self._reminded = reminded

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """What is held is not what they answer plainly any more, unless it is read back anew."""
        await self._imports.pass_by(person, asked.at)

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the buttons would have answered; None where the words are for somebody else."""
        words = in_plain(said.text)
        if not said.direct or not said.addressed or said.files or not words or len(words) > LETTERS_AT_MOST or "?" in said.text:
            return None
        held = await self._imports.latest(person)
        since = held.held_at if held else None
        if held is None or since is None or held.passed or not since <= said.at <= since + FRESH:
            return None
        meant = _meant(words, held)
        if meant is None or await self._is_not_the_last(said, person, held):
            return None
        asked = as_command(said, f"kpi {meant}")
        await self._imports.pass_by(person, said.at)  # unless it is read back anew
        if meant == "read":
            return await read(asked, person, Waiting(held.token), self._imports, self._snapshots)
        if meant == "take":
            return await take(asked, person, Taken(held.token, "all"), self._imports, self._snapshots)
        if meant == "shift":
            return await shift(asked, person, Waiting(held.token), self._imports, self._snapshots)
        await self._imports.hold(person, held, said.at)
        return views.not_saved_yet(held.found, held.token) if held.found else None

    async def _is_not_the_last(self, said: Said, person: Person, held: Held) -> bool:
        """Whether figures were read back, a reminder came or somebody else was talked with since."""
        assert held.held_at is not None, "what was told has its time"
        waiting = await self._snapshots.waiting(person)
        if any(each.held_at and each.held_at > held.held_at for each in waiting) or await self._reminded(person, held.held_at):
            return True
        meanwhile = self._meanwhile
        if await are_for_others(said, person, held.held_at, meanwhile, self._snapshots.metrics):
            return True
        return not meanwhile.practice and await meanwhile.talked(said, person, held.held_at)


def _meant(words: str, held: Held) -> str | None:
    """The button that the words press: read, take or shift; "" for a no or thanks, and None where they are anything else."""
    if not held.seen:  # offered, and not read back yet
        return "read" if agrees(words) or _READS.fullmatch(words) else None
    days = days_meant(words)
    if days is not None:
        turns = held.found is not None and held.found.taken not in (Marks.EITHER, days)
        return "shift" if turns else ""
    if agrees(_ALL.sub("all", words)):
        return "take"
    return "" if doubts(words) or nods(words) else None


def days_meant(words: str) -> Marks | None:
    """Which end of their weeks the words say that the days are; None where they say anything else, or both."""
    if not set(words.split()) <= _OF_DAYS:
        return None
    turned = _OTHER_WAY.sub(" ", words)
    first, last = _FIRST.search(turned), _LAST.search(turned)
    if bool(first) is not bool(last):
        return Marks.FIRST if first else Marks.LAST
    denied = _OTHER_WAY.search(words)
    if first or denied is None:
        return None
    return Marks.LAST if re.search("monday|first", denied[0]) else Marks.FIRST
