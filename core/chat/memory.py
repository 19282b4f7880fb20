"""What is remembered of long talks: their oldest part in short, made by the small model when nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from core.chat.facts import Source
from core.chat.model import AgentParticipant, Memory, ParticipantMessage
from core.chat.ports import ChatStore, Talk
from core.chat.summary import brief_of, renewed
from core.chat.window import KEPT, LINE_AT_MOST, SHORT, TALK_AT_MOST, newest, size_of, spoken
from core.errors import ModelTrouble, NotFound, StoreTrouble
from core.jobs import Job, JobStore, new_job
from core.llm.model import Brief, Model, Payer, Use, Words
from core.people.model import Person
from core.people.service import People

log = structlog.get_logger()

KIND = "memory"
AGAIN = 16
"""Messages after which it is asked for again, where it could not be done: the model was away, or nobody could pay."""
READ_AT_MOST = 400
"""Messages that are read for a summary, the newest: where one is to be made anew, what is older is lost to it."""
LONG_ENOUGH = (TALK_AT_MOST + KEPT) // 2
"""Characters from which a talk is summed up that was found too long a moment ago: where another job has done so, it is not."""
SUMMED_AT_MOST = 100_000
"""Characters of them that are summed up at once: 25,000 tokens, a quarter of what the small model takes at its plain price."""


@dataclass(frozen=True, slots=True)
class _Due:
    """Lines to be summed up, and the number of the last message that the summary covers then."""

    lines: tuple[Source, ...]
    covers: int


class Remembering:
    """Sums up the oldest part of talks that have grown long. `small` is the model that does so, paid by whoever asked last."""

    def __init__(self, store: ChatStore, jobs: JobStore, people: People, small: Model) -> None:
        self._store = store
        self._jobs = jobs
        self._people = people
        self._small = small

    async def after(self, person: Person, message: ParticipantMessage, brief: Brief, answer: str, at: datetime) -> None:
        """This answer was given to this brief: where the talk has grown too long with it, have it summed up soon.

        The practice model sums up nothing: old lines fall off then.
        """
        said = sum(min(len(text), LINE_AT_MOST) for text in (answer, *(turn.text for turn in brief.turns if turn.stays)))
        if self._small.practice or said <= TALK_AT_MOST:
            return
        try:
            conversation = await self._store.conversation(person, message.conversation_id)
            if conversation is None:
                return
            memory = conversation.memory
            job = new_job(
                KIND,
                {"conversation": conversation.id},
                organization_id=person.organization_id,
                person_id=person.id,
                at=at,
                key=f"{KIND}:{conversation.id}:{memory.version}:{memory.covers}:{message.number // AGAIN}",
            )
            await self._jobs.add(job)
        except StoreTrouble as trouble:  # the next answer asks again
            log.warning("summary not asked for", conversation=message.conversation_id, trouble=type(trouble).__name__)

    async def renew(self, job: Job) -> str:
        """Do such a job; says in a word what came of it. What cannot be done now is asked for again after a few more answers."""
        person = await self._people.by_id(job.person_id or "")
        if person is None:
            return "nobody waits for it any more"
        try:
            return await self.sum_up(person, job.payload["conversation"], LONG_ENOUGH)
        except (ModelTrouble, NotFound) as trouble:
            return type(trouble).__name__

    async def shorten(self, person: Person, conversation_id: str) -> None:
        """Sum up all but the newest lines at once, since the model could not take it; where that fails, do without."""
        try:
            if not self._small.practice:
                await self.sum_up(person, conversation_id, SHORT, keep=SHORT)
        except ModelTrouble as trouble:
            log.warning("talk not summed up", conversation=conversation_id, trouble=type(trouble).__name__)

    async def sum_up(self, person: Person, conversation_id: str, longer: int, keep: int = KEPT) -> str:
        """Where the talk is longer than so many characters, sum up its older part, and keep so many of the newest characters.

        Raises:
            ModelTrouble: the model cannot, or nobody can pay for it.
            NotFound: the conversation is gone, or the person takes no part in it.
        """
        talk = await self._store.talk(person, conversation_id, READ_AT_MOST, whole=True)
        memory = talk.conversation.memory
        due = _due(talk, memory, longer, keep)
        if due is None:
            return "short enough"
        payer = Payer(person, Use.MINUTES)
        said = [chunk.text async for chunk in self._small.answer(brief_of(memory, due.lines, payer)) if isinstance(chunk, Words)]
        kept = await self._store.remember(person, conversation_id, renewed(memory, due.lines, "".join(said), due.covers))
        log.info("talk summed up", conversation=conversation_id, lines=len(due.lines), covers=due.covers, kept=kept)
        return "summed up" if kept else "changed meanwhile"


def _due(talk: Talk, memory: Memory, longer: int, keep: int) -> _Due | None:
    """What is to be summed up: the older part of what is sent along, and whatever has gone without a summary."""
    said = spoken(talk.said)
    sent = [each for each in said if each.number > memory.covers]
    stay = sent[newest(sent, keep) :] if size_of(sent) > longer else sent
    covers = max(memory.covers, stay[0].number - 1 if stay else talk.said[-1].number if talk.said else 0)
    old = [each for each in said if memory.summed < each.number <= covers]
    if not old:
        return None
    return _Due(tuple(_sources(talk, old)), covers)


def _sources(talk: Talk, old: Sequence[ParticipantMessage]) -> list[Source]:
    """The newest of the lines that can be summed up at once. What somebody was told alone, where others read along, is none."""
    left, sources = SUMMED_AT_MOST, list[Source]()
    for each in reversed(old):
        text = each.content[:LINE_AT_MOST]
        left -= len(text)
        if left < 0:
            break
        author = talk.people.get(each.author_participant_id)
        if text.strip() and not each.private:
            by_agent = isinstance(author, AgentParticipant)
            sources.append(Source(author.name if author else "Someone", text, person=not by_agent))
    return sources[::-1]
