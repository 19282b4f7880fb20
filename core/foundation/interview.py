"""The interview: one question at a time, in grid order, answered in free words; it can be left and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.foundation.cells import Cell
from core.foundation.history import Source
from core.foundation.mirror import mirrored
from core.foundation.model import Foundation, OpenInterview
from core.foundation.ports import FoundationStore
from core.foundation.service import BadCells, Foundations
from core.foundation.typed import write_cell
from core.foundation.weakness import Weakness, weakness
from core.people.model import Person
from core.request import Address, Asked, Said
from core.ui import Answer, Button, Buttons, Call, Card, Message, Meter, Text, Tone

SKIP = {"skip", "next", "later", "pass"}
LEAVE = {"stop", "leave", "quit", "exit", "enough", "pause"}
QUESTION_WORDS = 14


class Interview:
    """Implements `core.ports.Listener` for whoever is being interviewed."""

    def __init__(self, foundations: Foundations, store: FoundationStore, names_an_agent: Callable[[str], bool]) -> None:
        self._foundations = foundations
        self._store = store
        self._names_an_agent = names_an_agent

    async def begin(self, person: Person, place: Address, at: datetime) -> Answer:
        """Ask the first question that is still open, where this was asked for."""
        foundation = await self._foundations.of(person, at)
        cell = self._foundations.next_cell(foundation)
        return await self._turn_to(cell, person, foundation, _place(place), at)

    async def skip(self, person: Person, place: Address, at: datetime) -> Answer:
        """Leave the present question open and ask the next one."""
        foundation = await self._foundations.of(person, at)
        after = foundation.interview.cell if foundation.interview else ""
        cell = self._foundations.next_cell(foundation, after)
        return await self._turn_to(cell, person, foundation, _place(place), at)

    async def leave(self, person: Person, at: datetime) -> Answer:
        """End it for now; every answer is saved already."""
        await self._store.interview(person, None, at)
        foundation = await self._foundations.of(person, at)
        words = "We stop here; everything you answered is saved. Pick it up whenever you like."
        carry_on = Buttons((Button("Carry on", Call("foundation interview")), Button("Show it all", Call("foundation show"))))
        return Message(cards=(Card(body=(Text(words), self._meter(foundation), carry_on)),), private=True)

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """A command in between ends the interview quietly, so that the next free words are not taken for an answer."""
        kept = await self._store.of(person)
        if kept and kept.interview and not asked.command.startswith("foundation"):
            await self._store.interview(person, None, asked.at)

    async def hear(self, said: Said, person: Person) -> Answer:
        """Take free words for the answer to the open question; None where no question is open here."""
        kept = await self._store.of(person)
        if kept is None or kept.interview is None or kept.interview.place != _place(said.address):
            return None
        words = said.text.strip()
        if self._names_an_agent(words) or not words:
            return None
        if words.casefold().strip(".") in SKIP:
            return await self.skip(person, said.address, said.at)
        if words.casefold().strip(".") in LEAVE:
            return await self.leave(person, said.at)
        cell = self._foundations.cells.by_key[kept.interview.cell]
        if words.endswith("?") and len(words.split()) <= QUESTION_WORDS:
            return self._explained(cell)
        return await self._take(cell, words, kept.interview, person, kept, said.at)

    async def _take(
        self, cell: Cell, words: str, interview: OpenInterview, person: Person, before: Foundation, at: datetime
    ) -> Answer:
        if interview.dug:
            words = "\n".join(part for part in (write_cell(cell, before.value(cell.field)), words) if part)
        seen = None if interview.dug else interview.seen
        try:
            foundation = await self._foundations.save(person, {cell.key: words}, at, seen=seen, source=Source.INTERVIEW)
        except BadCells as trouble:
            await self._store.interview(person, interview.model_copy(update={"seen": before.version}), at)
            return Message(cards=(Card(body=(Text(trouble.message),), tone=Tone.BAD), self._question(cell)), private=True)
        kept = write_cell(cell, foundation.value(cell.field))
        saved = Card(body=(Text(f"Saved under **{cell.title}**: {mirrored(kept)}"),), tone=Tone.GOOD)
        weak = None if interview.dug else weakness(cell, words)
        if weak:
            await self._store.interview(person, interview.model_copy(update={"dug": True}), at)
            return Message(cards=(saved, _dig(cell, weak)), private=True)
        following = self._foundations.next_cell(foundation, cell.key)
        answer = await self._turn_to(following, person, foundation, interview.place, at)
        assert isinstance(answer, Message)
        return Message(cards=(saved, *answer.cards), private=True)

    async def _turn_to(self, cell: Cell | None, person: Person, foundation: Foundation, place: str, at: datetime) -> Answer:
        if cell is None:
            await self._store.interview(person, None, at)
            words = "Every cell of your Foundation is filled. Read it once as a whole, then let F7 look for contradictions."
            buttons = Buttons(
                (
                    Button("Show it all", Call("foundation show"), primary=True),
                    Button("Run F7", Call("run", {"code": "F7"})),
                )
            )
            return Message(cards=(Card("Done", (Text(words), buttons), tone=Tone.GOOD),), private=True)
        await self._store.interview(person, OpenInterview(cell=cell.key, place=place, seen=foundation.version), at)
        return Message(cards=(self._question(cell, foundation),), private=True)

    def _question(self, cell: Cell, foundation: Foundation | None = None) -> Card:
        grid = next(grid for grid in self._foundations.cells.grids if grid.key == cell.grid)
        how = " One on each line, or parted by semicolons." if cell.kind != "text" else ""
        meter = (self._meter(foundation),) if foundation else ()
        body = (Text(f"{cell.question}{how}"), *meter, SKIP_OR_LEAVE)
        return Card(f"{grid.title}: {cell.title}", body)

    def _explained(self, cell: Cell) -> Message:
        example = write_cell(cell, cell.example)
        words = (
            f"That reads like a question, so I did not save it. {cell.meaning}\n\n"
            f"For example, Crock & Clover wrote:\n\n{_quoted(example)}\n\nFor a longer answer, ask @Teacher."
        )
        return Message(cards=(Card(cell.title, (Text(words),)), self._question(cell)), private=True)

    def _meter(self, foundation: Foundation) -> Meter:
        shares = self._foundations.shares(foundation)
        filled = sum(len(share.filled) for share in shares)
        return Meter("Foundation", filled, filled + sum(len(share.missing) for share in shares))


SKIP_OR_LEAVE = Buttons((Button("Skip", Call("foundation skip")), Button("Leave it for now", Call("foundation leave"))))


def _dig(cell: Cell, weak: Weakness) -> Card:
    """The one question that goes deeper, and why where the answer is one that many would give."""
    why = f"Many shops could say that. What the course calls weak here: {cell.weak}\n\n" if weak is Weakness.COMMON else ""
    return Card(body=(Text(f"{why}{cell.dig}\n\nI add your answer to what is there."), SKIP_OR_LEAVE))


def _place(address: Address) -> str:
    return f"{address.platform}:{address.workspace}:{address.channel}:{address.thread}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
