"""The interview: one question at a time, in grid order, answered in free words; it can be left and taken up again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from core.foundation.cells import Cell
from core.foundation.history import Source
from core.foundation.mirror import mirrored
from core.foundation.model import Foundation, OpenInterview
from core.foundation.ports import FoundationStore
from core.foundation.service import BadCells, Foundations
from core.foundation.sorted_by_names import ByNames
from core.foundation.sorting import PASTE, PASTED_AT_MOST
from core.foundation.steering import Steer, corrects, steer
from core.foundation.typed import write_cell
from core.foundation.weakness import Weakness, weakness
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.ports import FormDrafts
from core.request import Actor, Asked, Event, Reworded, Said, Withdrawn
from core.ui import Answer, Button, Buttons, Call, Card, Message, Meter, Text, Tone

WAITS = timedelta(days=2)
"""An older question is forgotten: what is typed after that is said to somebody else, such as the coach who wrote meanwhile."""
BESIDE = ("foundation", "person send", "person not")
"""Commands that leave a question open: the last two say for whom words are that may have been its answer."""
PAGE_WORDS = 250
"""More is no answer to one question; a cell is filled in a few lines."""


class Interview:
    """Implements `core.ports.Listener` for whoever is being interviewed."""

    def __init__(
        self,
        foundations: Foundations,
        store: FoundationStore,
        names_an_agent: Callable[[Person, str], Awaitable[bool]],
        outbox: Outbox,
        drafts: FormDrafts,
    ) -> None:
        self._foundations = foundations
        self._outbox = outbox
        self._drafts = drafts
        self._store = store
        self._names_an_agent = names_an_agent

    async def begin(self, asked: Event, person: Person) -> Answer:
        """Ask the first question that is still open; where others read along, ask it in the person's direct messages."""
        foundation = await self._foundations.of(person, asked.at)
        cell = self._foundations.next_cell(foundation)
        turn = await self._turn_to(cell, person, foundation, _place(asked.actor), asked.at)
        if asked.direct or cell is None:
            return turn
        key = f"interview:{asked.address.platform}:{asked.id}"
        to, org = asked.actor.direct, person.organization_id
        await self._outbox.add(new_letter(key, to, turn, organization_id=org, person_id=person.id, at=asked.at))
        words = (
            "The others here need not read your answers, so I ask you alone: in our direct messages, or in a private thread "
            "where yours are closed. The first question is on its way; write your answer under it."
        )
        return Message(cards=(Card("The interview goes on in private", (Text(words),), tone=Tone.GOOD),), private=True)

    async def skip(self, asked: Event, person: Person) -> Message:
        """Leave the present question open and ask the next one."""
        foundation = await self._foundations.of(person, asked.at)
        after = foundation.interview.cell if foundation.interview else ""
        cell = self._foundations.next_cell(foundation, after)
        return await self._turn_to(cell, person, foundation, _place(asked.actor), asked.at)

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
        if kept and kept.interview and not asked.command.startswith(BESIDE):
            await self._store.interview(person, None, asked.at)

    async def hear(self, said: Said, person: Person) -> Answer:
        """Take free words for the answer to the open question; None where no question is open here.

        A direct conversation is one place, whatever threads it has: where others read along, nothing is taken for an answer.
        """
        kept = await self._store.of(person)
        if kept is None or kept.interview is None or not said.direct or kept.interview.place != _place(said.actor):
            return None
        if kept.interview.asked_at and said.at - kept.interview.asked_at > WAITS:
            await self._store.interview(person, None, said.at)
            return None
        words = said.text.strip()
        if not words or await self._names_an_agent(person, words):
            return None
        cell = self._foundations.cells.by_key[kept.interview.cell]
        last = self._foundations.cells.by_key.get(kept.interview.answered)
        if last and corrects(words):
            return self._to_be_changed(last, cell, kept.interview)
        match steer(words):
            case Steer.SKIP:
                return await self.skip(said, person)
            case Steer.DO_NOT_KNOW:
                following = await self.skip(said, person)
                return Message(cards=(OPEN_FOR_NOW, *following.cards), private=True)
            case Steer.LEAVE:
                return await self.leave(person, said.at)
            case Steer.HELP:
                return self._explained(cell)
            case Steer.WHERE:
                where = f"You are in the interview of your Foundation, at **{cell.title}**. What you answered is saved."
                return self._once_more(where, cell, kept.interview, kept)
            case Steer.NOTHING:
                return self._once_more("I saved nothing of that. Here is the question again.", cell, kept.interview)
            case None:
                pass
        if self._is_more_than_an_answer(words):
            return await self._to_be_sorted(words, cell, person, said.at)
        return await self._take(cell, words, kept.interview, person, kept, said)

    async def reworded(self, change: Reworded, person: Person) -> None:
        """The last answer reads differently now, and so does its cell."""
        kept = await self._store.of(person)
        last = kept.interview if kept else None
        if kept is None or last is None or last.answer != change.of or not change.text.strip():
            return
        words = "\n".join(part for part in (last.held, change.text.strip()) if part)
        with suppress(BadCells):  # the answer that was saved stays
            foundation = await self._foundations.save(person, {last.answered: words}, change.at, source=Source.INTERVIEW)
            await self._store.interview(person, last.model_copy(update={"seen": foundation.version}), change.at)

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """What was answered stays: taken out of a chat, it is still in the Foundation, where it can be emptied."""

    def _is_more_than_an_answer(self, words: str) -> bool:
        """Whether it reads like a blueprint or research: it names several cells, or goes on for a page."""
        return len(words.split()) > PAGE_WORDS or len(ByNames(self._foundations.cells).sort(words).proposals) > 1

    async def _to_be_sorted(self, words: str, cell: Cell, person: Person, at: datetime) -> Message:
        """Offer to sort it; it waits in the form where that is done."""
        await self._drafts.keep(person, PASTE, {"text": words[:PASTED_AT_MOST]}, at)
        told = (
            "It reads like a whole blueprint or research, so I have not put it into this one cell. I can sort it into the cells "
            "where it belongs: you see each before and after, and only what you tick is saved."
        )
        sort = Buttons((Button("Sort it into cells", Call(PASTE, form=True), primary=True),))
        return Message(cards=(Card("That is more than one answer", (Text(told), sort)), self._question(cell)), private=True)

    async def _take(
        self, cell: Cell, words: str, interview: OpenInterview, person: Person, before: Foundation, said: Said
    ) -> Answer:
        at, held = said.at, write_cell(cell, before.value(cell.field)) if interview.dug else ""
        words = "\n".join(part for part in (held, words) if part)
        last = {"answer": said.id, "answered": cell.key, "held": held}
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
            await self._store.interview(person, interview.model_copy(update={"dug": True, "asked_at": at, **last}), at)
            return Message(cards=(saved, _dig(cell, weak)), private=True)
        following = self._foundations.next_cell(foundation, cell.key)
        asked = OpenInterview(cell=following.key, place=interview.place, **last) if following else None
        answer = await self._turn_to(following, person, foundation, interview.place, at, asked)
        return Message(cards=(saved, *answer.cards), private=True)

    async def _turn_to(
        self,
        cell: Cell | None,
        person: Person,
        foundation: Foundation,
        place: str,
        at: datetime,
        last: OpenInterview | None = None,
    ) -> Message:
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
            update={"seen": foundation.version, "asked_at": at}
        )
        await self._store.interview(person, asked, at)
        return Message(cards=(self._question(cell, foundation),), private=True, asks=True)

    def _question(self, cell: Cell, foundation: Foundation | None = None) -> Card:
        grid = next(grid for grid in self._foundations.cells.grids if grid.key == cell.grid)
        how = " One on each line, or parted by semicolons." if cell.kind != "text" else ""
        meter = (self._meter(foundation),) if foundation else ()
        body = (Text(f"{cell.question}{how}"), *meter, SKIP_OR_LEAVE)
        return Card(f"{grid.title}: {cell.title}", body)

    def _explained(self, cell: Cell) -> Message:
        example = write_cell(cell, cell.example)
        words = (
            f"I did not save that: it reads like a question. {cell.meaning}\n\n"
            f"For example, Crock & Clover wrote:\n\n{_quoted(example)}\n\nFor a longer answer, ask @Teacher."
        )
        return Message(cards=(Card(cell.title, (Text(words),)), self._question(cell)), private=True)

    def _once_more(self, words: str, cell: Cell, interview: OpenInterview, foundation: Foundation | None = None) -> Message:
        return Message(cards=(Card(body=(Text(words),)), self._present(cell, interview, foundation)), private=True, asks=True)

    def _present(self, cell: Cell, interview: OpenInterview, foundation: Foundation | None = None) -> Card:
        """What they were asked last: the question of the cell, or the one that goes deeper."""
        return _dig(cell) if interview.dug else self._question(cell, foundation)

    def _to_be_changed(self, last: Cell, cell: Cell, interview: OpenInterview) -> Message:
        words = f"That reads like a change of your last answer, so nothing was saved. Its cell is **{last.title}**. "
        words += "If it was your answer to this question, say it in other words."
        change = Buttons((Button("Change that answer", Call("foundation edit", {"cell": last.title}), primary=True),))
        return Message(cards=(Card(body=(Text(words), change)), self._present(cell, interview)), private=True)

    def _meter(self, foundation: Foundation) -> Meter:
        shares = self._foundations.shares(foundation)
        filled = sum(len(share.filled) for share in shares)
        return Meter("Foundation", filled, filled + sum(len(share.missing) for share in shares))


OPEN_FOR_NOW = Card(
    body=(Text("Then it stays open for now: an empty cell does no harm, a guess does. @Teacher helps when you come back to it."),)
)
SKIP_OR_LEAVE = Buttons((Button("Skip", Call("foundation skip")), Button("Leave it for now", Call("foundation leave"))))


def _dig(cell: Cell, weak: Weakness | None = None) -> Card:
    """The one question that goes deeper, and why where the answer is one that many would give."""
    why = f"Many shops could say that. What the course calls weak here: {cell.weak}\n\n" if weak is Weakness.COMMON else ""
    return Card(body=(Text(f"{why}{cell.dig}\n\nI add your answer to what is there."), SKIP_OR_LEAVE))


def _place(actor: Actor) -> str:
    """Their direct messages, as the place that is kept."""
    return ":".join((actor.direct.platform, actor.direct.workspace, actor.direct.channel))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
