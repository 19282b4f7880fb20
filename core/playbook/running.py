"""Running a prompt: ask the model, keep every word that comes, and record how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from datetime import datetime, timedelta

import structlog

from core.agents.roster import Roster
from core.errors import ModelTrouble
from core.jobs import Job, JobStore, new_job
from core.leases import LEASE, Wait, held, surely
from core.llm.model import RUN_TOKENS, Brief, Finish, Model, Part, Turn, Usage, Words, key_of
from core.people.model import Person
from core.playbook.model import Execution, Status
from core.playbook.ports import ExecutionStore
from core.playbook.prompts import Prompt
from core.playbook.views import outcome_cards
from core.request import Address
from core.ui import Began, Ended, Grew, Message, Update

log = structlog.get_logger()

KIND = "run"
"""The kind of job that a run is."""
WRITER = "Writer"
KEEP_EVERY = timedelta(seconds=2)
"""How often a growing answer is kept, so that a crash loses at most the words of the last two seconds."""
STOPPED = "You stopped it. What had come is kept."


class Running:
    """Takes a pending run to its end."""

    def __init__(
        self,
        *,
        store: ExecutionStore,
        roster: Roster,
        model: Model,
        jobs: JobStore,
        owner: str,
        clock: Callable[[], datetime],
        wait: Wait,
    ) -> None:
        self._store = store
        self._roster = roster
        self._model = model
        self._jobs = jobs
        self._owner = owner
        self._clock = clock
        self._wait = wait

    @property
    def practice(self) -> bool:
        """Whether no real model answers."""
        return self._model.practice

    @property
    def model_name(self) -> str:
        """The model that answers."""
        return self._model.name

    async def begin(self, person: Person, execution: Execution, place: Address, at: datetime) -> Job:
        """Keep the job of a run, held by this process from the start."""
        payload = {
            "run": execution.id,
            "platform": place.platform.value,
            "workspace": place.workspace,
            "channel": place.channel,
            "thread": place.thread,
        }
        job = new_job(KIND, payload, organization_id=person.organization_id, person_id=person.id, at=at, key=execution.id)
        kept = await self._jobs.add(job, claimed_by=self._owner)
        assert kept is not None, "the id of a new run is new"
        return kept

    async def updates(
        self, person: Person, prompt: Prompt, execution: Execution, job: Job | None = None
    ) -> AsyncGenerator[Update, None]:
        """The answer as it grows. Closing it early stops the run, and keeps what had come.

        `job` is held and settled along with it; None where a worker does both.
        """
        heard: list[str] = []
        usage, trouble, over, kept_at = Usage(), None, False, execution.ai_request_timestamp
        writer = self._roster.named(WRITER)
        yield Began(writer.speaker)
        try:
            async with self._held(job):
                async with aclosing(self._model.answer(self._brief(person, execution))) as chunks:
                    try:
                        async for chunk in chunks:
                            match chunk:
                                case Words(text):
                                    heard.append(text)
                                    yield Grew(text)
                                case Finish():
                                    usage = chunk.usage
                            if self._clock() - kept_at >= KEEP_EVERY:
                                kept_at = self._clock()
                                await self._store.note_progress(person, execution.id, "".join(heard))
                    except ModelTrouble as caught:
                        trouble = caught
                over = True
        finally:
            error = trouble.message if trouble else None if over else STOPPED
            await asyncio.shield(self._settle(person, execution, "".join(heard), error, usage, job))
        ended = {"ai_response": "".join(heard), "ai_response_timestamp": self._clock(), "error": error}
        yield Ended(self.message(prompt, execution.model_copy(update=ended)))

    def message(self, prompt: Prompt, execution: Execution) -> Message:
        """A run that has ended, as it is shown."""
        cards = outcome_cards(prompt, execution, practice=self.practice)
        return Message(execution.ai_response or "", cards, speaker=self._roster.named(WRITER).speaker, private=True)

    def _held(self, job: Job | None) -> AbstractAsyncContextManager[None]:
        if job is None:
            return nullcontext()
        return held(lambda: self._jobs.extend(job, self._clock() + LEASE), lease=LEASE, wait=self._wait)

    def _brief(self, person: Person, execution: Execution) -> Brief:
        instructions = f"{self._roster.house}\n\n{self._roster.named(WRITER).instructions}"
        return Brief(
            system=(Part(instructions),),
            turns=(Turn("person", execution.prompt),),
            question=execution.prompt,
            person=key_of(person.user_id),
            kind="run",
            max_tokens=RUN_TOKENS,
        )

    async def _settle(
        self, person: Person, execution: Execution, response: str, error: str | None, usage: Usage, job: Job | None
    ) -> None:
        """Record run and job, though the record be away for a while or the person stop waiting."""
        await surely(lambda: self._finish(person, execution, response, error, usage), self._wait)
        if job is not None:
            await surely(lambda: self._jobs.done(job, self._clock()), self._wait)

    async def _finish(self, person: Person, execution: Execution, response: str, error: str | None, usage: Usage) -> None:
        status = Status.ERROR if error else Status.SUCCESS
        tokens = (usage.read + usage.cached + usage.cache_written, usage.written)
        await self._store.finish(
            person, execution.id, status=status, response=response, at=self._clock(), error=error, tokens=tokens
        )
        log.info("run finished", run=execution.id, code=execution.prompt_code, status=status.value, model=execution.model)
