"""What a button offered last, and a yes that is typed right below it: it does what the button does."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from core.kpis.yeses import in_plain
from core.nudges.ports import PreferencesStore
from core.people.model import Person
from core.request import Said
from core.ui import Answer

FRESH = timedelta(minutes=30)
"""For so long a yes is for the offer."""
LETTERS_AT_MOST = 60
NOTE_IT, FIND_A_PARTNER = "commit", "pair ask"
"""The commands of the buttons below which a yes is heard."""
Does: TypeAlias = Callable[[Said, Person, str], Awaitable[Answer]]
"""What a button does, for somebody who said yes to it; with the words behind its command."""
_AN_OFFER = re.compile(rf"(?P<command>{NOTE_IT}|{FIND_A_PARTNER})(?: (?P<words>.+))?", re.DOTALL)
_SAID_BY_ITS_NAME = {
    NOTE_IT: r"(?:note|keep|save)(?: (?:it|that|this))(?: down)?",
    FIND_A_PARTNER: r"(?:find|get) me (?:one|a partner|a buddy|somebody|someone)|i(?:'d| would) (?:like|love) (?:one|a partner)|"
    r"i want (?:one|a partner)",
}
_YES = (
    r"(?:yes+|yep|yeah|yup|aye|y|sure|absolutely|definitely|of course|go on|go ahead|go for it|do(?: (?:it|that|so))?|"
    r"please|why not)"
)
_LED = r"(?:(?:oh|ah|ok|okay|well|hm+|great|perfect) )*"
_POLITE = r"(?:please|thanks|thank you|thx|ta|cheers|then)"


class Offers:
    """Keeps the last offer of each person, for as long as nothing else is said or asked for."""

    def __init__(self, store: PreferencesStore) -> None:
        self._store = store

    async def make(self, person: Person, line: str, at: datetime) -> None:
        """They see a button now; `line`: its command, with the words behind it. Whoever has no contract is heard by agents."""
        wishes = await self._store.of(person)
        if wishes is not None:
            await self._store.change(person, {"offered": line, "offered_at": at}, at, wishes)

    async def last(self, person: Person) -> tuple[str, datetime] | None:
        """The line that was offered last, and when; None where something else came since from them."""
        wishes = await self._store.of(person)
        return (wishes.offered, wishes.offered_at) if wishes and wishes.offered and wishes.offered_at else None

    async def end(self, person: Person, at: datetime) -> None:
        """It is taken up, or they turned to something else."""
        wishes = await self._store.of(person)
        if wishes is not None and wishes.offered is not None:
            await self._store.change(person, {"offered": None, "offered_at": None}, at, wishes)


class OfferTaken:
    """Implements `core.ports.Listener` for a plain yes in a direct message right below an offer, and stands before whoever else
    may hear a yes. Any other words end the offer.
    """

    def __init__(self, offers: Offers, sent: Callable[[Person, datetime], Awaitable[object]], does: Mapping[str, Does]) -> None:
        """`sent`: what went to them by itself after a time, from us or from people, or None."""
        self._offers = offers
        self._sent = sent
        self._does = does

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the button would have answered; None where the words are for somebody else."""
        last = await self._offers.last(person) if said.direct and said.addressed else None
        if last is None:
            return None
        answer = await self._taken(said, person, *last)
        await self._offers.end(person, said.at)
        return answer

    async def _taken(self, said: Said, person: Person, line: str, at: datetime) -> Answer:
        elsewhere = bool(said.replies_to) and (said.replies_to_at is None or said.replies_to_at < at)
        offer = _AN_OFFER.fullmatch(line)
        if offer is None or elsewhere or said.files or not at <= said.at <= at + FRESH:
            return None
        if not takes_up(said.text, offer["command"]) or await self._sent(person, at) is not None:
            return None
        return await self._does[offer["command"]](said, person, offer["words"] or "")


def takes_up(text: str, command: str) -> bool:
    """Whether the words say yes to a button of this command, and nothing else."""
    if len(text) > LETTERS_AT_MOST or "?" in text:
        return False
    yes = rf"(?:{_YES}|{_SAID_BY_ITS_NAME[command]})"
    return bool(re.fullmatch(rf"{_LED}(?:please )?{yes}(?: (?:{yes}|{_POLITE}))*", in_plain(text)))
