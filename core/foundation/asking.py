"""The questions of the interview and their answers: each is asked, saved, and followed by the next."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from core.foundation import interview_views as views
from core.foundation.cells import Cell
from core.foundation.history import Source
from core.foundation.mirror import mirrored
from core.foundation.model import Foundation, OpenInterview
from core.foundation.named import UnknownName
from core.foundation.named_cell import with_what_it_holds
from core.foundation.one_by_one import Answers, answers, as_before, asks_of_each, lines_of, next_name
from core.foundation.ports import FoundationStore
from core.foundation.service import BadCells, Foundations
from core.foundation.typed import read_names, write_cell
from core.foundation.weakness import weakness
from core.people.model import Person
from core.request import Event, Reworded, Typed
from core.ui import Button, Buttons, Call, Card, Message, Meter, Text, Tone


class Asking:
    """Asks for one cell after the other, and keeps the question that is open."""

    def __init__(self, foundations: Foundations, store: FoundationStore) -> None:
        self._foundations = foundations
        self._store = store

    async def take(
        self,
        cell: Cell,
        words: str,
        interview: OpenInterview,
        person: Person,
        before: Foundation,
        said: Event,
        *,
        sure: bool = False,
    ) -> Message:
        """Save it, say so and ask on. `sure`: they said that it is an answer."""
        at, known = said.at, answers(cell, before)
        whole = write_cell(cell, before.value(cell.field)) if interview.dug else ""
        held = "\n".join(f"{name}: {answer}" for name, answer in known.items() if answer) if known else whole
        try:
            typed, about = _typed(cell, words, held, known, interview.about, sure=sure)
        except UnknownName as trouble:
            await self._store.interview(person, interview.model_copy(update={"doubtful": words}), at)
            title = next(each.title for each in self._foundations.cells.in_order if each.field == cell.field)
            return self.again(views.unknown_card(trouble, interview, tuple(known), title), cell, interview)
        last = {"answer": said.id, "answered": cell.key, "held": held, "answered_about": interview.about}
        seen = None if interview.dug else interview.seen
        try:
            foundation = await self._foundations.save(person, {cell.key: typed}, at, seen=seen, source=Source.INTERVIEW)
        except BadCells as trouble:
            await self._store.interview(person, interview.model_copy(update={"seen": before.version}), at)
            return self.again(Card(body=(Text(trouble.message),), tone=Tone.BAD), cell, interview)
        kept = "\n".join(typed) if known else write_cell(cell, foundation.value(cell.field))
        saved = views.saved_card(cell, mirrored(kept), foundation.version)
        weak = None if interview.dug else weakness(cell, words)
        if weak:
            deeper = {"dug": True, "talked": False, "asked_at": at, "about": about, **last}
            await self._store.interview(person, interview.model_copy(update=deeper), at)
            return Message(cards=(saved, views.dig_card(cell, weak)), private=True, asks=True)
        following: Cell | None = cell
        if not next_name(answers(cell, foundation)):
            following = self._foundations.next_cell(foundation, cell.key)
        asked = OpenInterview(cell=following.key, place=interview.place, **last) if following else None
        answer = await self.turn_to(following, person, foundation, interview.place, at, asked)
        return Message(cards=(saved, *answer.cards), private=True, asks=answer.asks)

    async def beside(
        self, cell: Cell, text: str, interview: OpenInterview, person: Person, before: Foundation, at: datetime
    ) -> Message:
        """Save what was said of another cell than the one that is asked for, behind what that holds, and ask once more."""
        open_cell, known = self._foundations.cells.by_key[interview.cell], before.has(cell)
        try:
            typed = {cell.key: with_what_it_holds(cell, before, text)}
            foundation = await self._foundations.save(person, typed, at, seen=before.version, source=Source.INTERVIEW)
        except BadCells as trouble:
            change = Buttons((Button(f"Change {cell.title}", Call("foundation edit", {"cell": cell.title})),))
            told = f"That is for **{cell.title}**, and nothing is saved yet. {trouble.message}"
            return self.again(Card(body=(Text(told), change), tone=Tone.BAD), open_cell, interview)
        last = {"answer": "", "answered": cell.key, "held": "", "answered_about": ""}
        doubtful = interview.doubtful if interview.passed else ""
        asked = {"seen": foundation.version, "asked_at": at, "passed": bool(doubtful), "talked": False, "doubtful": doubtful}
        now = interview.model_copy(update={**last, **asked})
        await self._store.interview(person, now, at)
        return self.again(views.beside_card(cell, mirrored(text), added=known), open_cell, now)

    async def turn_to(
        self,
        cell: Cell | None,
        person: Person,
        foundation: Foundation,
        place: str,
        at: datetime,
        last: OpenInterview | None = None,
        about: str = "",
    ) -> Message:
        """Ask for the cell; `about`: of those that it asks about another than the first that is open."""
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
        asked = (last or OpenInterview(cell=cell.key, place=place)).model_copy(
            update={"seen": foundation.version, "asked_at": at, "about": about or next_name(answers(cell, foundation))}
        )
        await self._store.interview(person, asked, at)
        return Message(cards=(self.present(cell, asked, foundation),), private=True, asks=True)

    async def meant(
        self, words: str, cell: Cell, interview: OpenInterview, person: Person, at: datetime, last: Cell | None, *, alone: bool
    ) -> Message:
        """Ask whether words are an answer that came after something else was shown, together with those that were asked about
        before and about which nothing was said; they are kept until that is said. `alone`: these or those may be no answer, so
        that one yes cannot be for both. `last`: the cell that they may be about.
        """
        before = interview.doubtful if alone else ""
        whole = words if alone else "\n".join(part for part in (interview.doubtful, words) if part)
        await self._store.interview(person, interview.model_copy(update={"doubtful": whole}), at)
        return Message(cards=(views.meant_card(whole, cell, interview.about, before, last),), private=True, asks=True)

    async def doubted(self, words: str, cell: Cell, interview: OpenInterview, person: Person, at: datetime) -> Message:
        """Ask whether the words are an answer, and keep them until that is said."""
        await self._store.interview(person, interview.model_copy(update={"doubtful": words}), at)
        return Message(cards=(views.doubtful_card(words, cell, interview.about),), private=True, asks=True)

    async def unsure(
        self,
        words: str,
        cell: Cell,
        interview: OpenInterview,
        person: Person,
        at: datetime,
        last: Cell | None = None,
        belongs: Cell | None = None,
        *,
        aside: bool = False,
    ) -> Message:
        """The same of words that are no plain aside: whoever says no is asked once more. `last`: the cell they may be about;
        `belongs`: the one where they seem to belong; `aside`: they may be a wish to us, which an agent can hear.
        """
        await self._store.interview(person, interview.model_copy(update={"doubtful": words}), at)
        return Message(
            cards=(views.unsure_card(words, cell, interview.about, last, belongs, aside=aside),), private=True, asks=True
        )

    async def reworded(self, change: Reworded, person: Person) -> None:
        """The last answer reads differently now, and so does its cell."""
        kept = await self._store.of(person)
        last = kept.interview if kept else None
        if kept is None or last is None or last.answer != change.of or not change.text.strip():
            return
        cell = self._foundations.cells.by_key.get(last.answered)
        if cell is None:
            return
        known = as_before(answers(cell, kept), last.held)
        with suppress(BadCells):  # the answer that was saved stays
            typed, _ = _typed(cell, change.text.strip(), last.held, known, last.answered_about, sure=True)
            foundation = await self._foundations.save(person, {cell.key: typed}, change.at, source=Source.INTERVIEW)
            await self._store.interview(person, last.model_copy(update={"seen": foundation.version}), change.at)

    def once_more(self, words: str, cell: Cell, interview: OpenInterview, foundation: Foundation | None = None) -> Message:
        """The words, and below them what they were asked last."""
        return self.again(Card(body=(Text(words),)), cell, interview, foundation)

    def again(self, card: Card, cell: Cell, interview: OpenInterview, foundation: Foundation | None = None) -> Message:
        """The card, and below it what they were asked last."""
        return Message(cards=(card, self.present(cell, interview, foundation)), private=True, asks=True)

    def present(self, cell: Cell, interview: OpenInterview, foundation: Foundation | None = None) -> Card:
        """What they were asked last: the question of the cell, or the one that goes deeper."""
        if interview.dug:
            return views.dig_card(cell)
        meter = self.meter(foundation) if foundation else None
        return views.question_card(cell, self._foundations.cells, interview.about, meter)

    def meter(self, foundation: Foundation) -> Meter:
        """How many cells are filled."""
        shares = self._foundations.shares(foundation)
        filled = sum(len(share.filled) for share in shares)
        return Meter("Foundation", filled, filled + sum(len(share.missing) for share in shares))


def _typed(cell: Cell, words: str, held: str, known: Answers, about: str, *, sure: bool) -> tuple[Typed, str]:
    """An answer as the cell is typed, behind what it held, and whom it is about, where the cell asks of each.

    Raises:
        UnknownName: see `lines_of`.
    """
    if known:
        lines = lines_of(known, words, about, sure=sure)
        return tuple(lines.values()), list(lines)[-1]
    given = read_names(words) if len(cell.parts) > 1 and not asks_of_each(cell) else words
    return "\n".join(part for part in (held, given) if part), ""
