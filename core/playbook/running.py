"""Running a prompt: ask the model, keep every word that comes, and record how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from core.agents.roster import Roster
from core.errors import ModelTrouble, StoreTrouble
from core.feedback.views import asked as feedback_asked
from core.foundation.cells import Cells
from core.holding import Hold, Wait, extended, surely
from core.jobs import Job, JobStore, new_job
from core.leases import LEASE, LeaseLost
from core.links import Allowed, Links
from core.llm.model import RUN_TOKENS, Brief, Cited, Counted, Finish, Model, Part, Payer, Turn, Usage, Use, Words, Working
from core.people.model import Person
from core.playbook.model import Execution, Status
from core.playbook.ports import ExecutionStore
from core.playbook.prompts import Prompt
from core.playbook.views import outcome_cards
from core.request import Address
from core.ui import Began, Ended, Grew, Message, Update
from core.usage.views import told

log = structlog.get_logger()

KIND = "run"
"""The kind of job that a run is."""
WRITER = "Writer"
KEEP_EVERY = timedelta(seconds=2)
"""How often a growing answer is kept, so that a crash loses at most the words of the last two seconds."""
STOPPED = "You stopped it. What had come is kept."
BROKEN = "It broke off, by a mistake of ours. What had come is kept."


class TakenOver(LeaseLost):
    """This took so long that another part of me has taken it over. The whole answer comes here by itself."""


@dataclass(slots=True)
class _Said:
    """What has come so far."""

    words: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    micros: int | None = None
    note: str = ""
    model: str = ""
    trouble: str | None = None

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(self.words)


class Running:
    """Takes a pending run to its end."""

    def __init__(
        self,
        *,
        store: ExecutionStore,
        cells: Cells,
        roster: Roster,
        model: Model,
        jobs: JobStore,
        owner: str,
        clock: Callable[[], datetime],
        wait: Wait,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._cells = cells
        self._roster = roster
        self._model = model
        self._jobs = jobs
        self._owner = owner
        self._clock = clock
        self._wait = wait
        self._lease = lease

    @property
    def practice(self) -> bool:
        """Whether no real model answers."""
        return self._model.practice

    @property
    def model_name(self) -> str:
        """The model that answers."""
        return self._model.name

    async def begin(self, person: Person, execution: Execution, place: Address, at: datetime) -> Job | None:
        """Keep the job of a run, held by this process from the start; None where it is kept already."""
        payload = {
            "run": execution.id,
            "platform": place.platform.value,
            "workspace": place.workspace,
            "channel": place.channel,
            "thread": place.thread,
        }
        job = new_job(KIND, payload, organization_id=person.organization_id, person_id=person.id, at=at, key=execution.id)
        return await self._jobs.add(job, claimed_by=self._owner, lease=self._lease)

    async def updates(self, person: Person, prompt: Prompt, execution: Execution, job: Job) -> AsyncGenerator[Update, None]:
        """The answer as it grows, to whoever asked for it; `job` is held and settled along with it.

        Closing it early stops the run, and keeps what had come. Where the lease is lost, as after a laptop's sleep, the run is
        left to whoever has it by now.

        Raises:
            TakenOver: the lease was lost.
        """
        said, ended = _Said(), True
        error: str | None = BROKEN
        yield Began(self._roster.named(WRITER).speaker)
        try:
            async with self._extended(job) as lease, aclosing(self._written(person, execution, said)) as words:
                async for each in words:
                    lease.check()
                    yield Grew(each)
                lease.check()
            error = said.trouble
        except LeaseLost as lost:
            ended = False
            raise TakenOver() from lost
        except (asyncio.CancelledError, GeneratorExit):
            error = STOPPED
            raise
        finally:
            if ended:
                await asyncio.shield(self._settle(person, execution, said, error, job))
        over = {"ai_response": said.text, "ai_response_timestamp": self._clock(), "error": error, "cost_micros": said.micros}
        shown = self.message(prompt, execution.model_copy(update=over))
        yield Ended(replace(shown, cards=(*shown.cards, *told(said.note))))

    async def finish(self, person: Person, execution: Execution) -> None:
        """Take a run to its end for a worker, which holds its job; a worker that is stopped leaves it pending."""
        said = _Said()
        async with aclosing(self._written(person, execution, said)) as words:
            async for _ in words:
                pass
        await surely(lambda: self._finish(person, execution, said, said.trouble), self._wait)

    def message(self, prompt: Prompt, execution: Execution) -> Message:
        """A run that has ended, as it is shown."""
        cards = outcome_cards(prompt, execution, self._cells, practice=self.practice)
        if execution.ai_response and not execution.error and not self.practice:
            cards = (*cards, feedback_asked(execution.id))
        return Message(execution.ai_response or "", cards, speaker=self._roster.named(WRITER).speaker, private=True)

    async def _written(self, person: Person, execution: Execution, said: _Said) -> AsyncGenerator[str, None]:
        """What the model writes, collected in `said` too, and kept every two seconds. Its trouble ends it.

        A link that is not the student's own, from what the prompt was filled with, comes as plain words.
        """
        kept_at, links = self._clock(), Links(Allowed(execution.prompt, course=self._roster.links))
        async with aclosing(self._model.answer(self._brief(person, execution))) as chunks:
            try:
                async for chunk in chunks:
                    match chunk:
                        case Words(text):
                            if words := links.fed(text):
                                said.words.append(words)
                                yield words
                        case Counted():
                            said.model = chunk.model
                        case Cited() | Working():
                            pass  # nothing is searched for a run
                        case Finish():
                            said.usage, said.micros, said.note = chunk.usage, chunk.micros, chunk.note
                    if self._clock() - kept_at >= KEEP_EVERY:
                        kept_at = self._clock()
                        await self._note(person, execution, said)
            except ModelTrouble as caught:
                said.trouble = caught.message
        if words := links.rest():
            said.words.append(words)
            yield words

    async def _note(self, person: Person, execution: Execution, said: _Said) -> None:
        """Keep what has come; a record that is away does not end the answer, whose outcome is kept when it is back."""
        try:
            await self._store.note_progress(person, execution.id, said.text)
        except StoreTrouble as trouble:
            log.warning("progress not kept", run=execution.id, trouble=type(trouble).__name__)

    def _extended(self, job: Job) -> AbstractAsyncContextManager[Hold]:
        return extended(lambda: self._jobs.extend(job, self._clock() + self._lease), lease=self._lease, wait=self._wait)

    def _brief(self, person: Person, execution: Execution) -> Brief:
        writer = self._roster.named(WRITER)
        instructions = f"{self._roster.house}\n\n{writer.instructions}"
        return Brief(
            system=(Part(instructions),),
            turns=(Turn("person", execution.prompt),),
            question=execution.prompt,
            payer=Payer(person, Use.PROMPTS, writer.id, writer.name),
            kind="run",
            max_tokens=RUN_TOKENS,
        )

    async def _settle(self, person: Person, execution: Execution, said: _Said, error: str | None, job: Job) -> None:
        """Record run and job, though the record be away for a while or the person stop waiting."""
        await surely(lambda: self._finish(person, execution, said, error), self._wait)
        try:
            await surely(lambda: self._jobs.done(job, self._clock()), self._wait)
        except LeaseLost:  # whoever has the job finds the run over, and shows it again
            log.warning("lease lost", run=execution.id)

    async def _finish(self, person: Person, execution: Execution, said: _Said, error: str | None) -> None:
        status = Status.ERROR if error else Status.SUCCESS
        tokens = (said.usage.read + said.usage.cached + said.usage.cache_written, said.usage.written)
        await self._store.finish(
            person,
            execution.id,
            status=status,
            response=said.text,
            at=self._clock(),
            error=error,
            tokens=tokens,
            cost_micros=said.micros,
            model=said.model,
        )
        model = said.model or execution.model
        log.info("run finished", run=execution.id, code=execution.prompt_code, status=status.value, model=model)
