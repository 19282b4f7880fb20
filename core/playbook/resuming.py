"""Finishing runs whose process died, and sending what came of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime

from core.jobs import Job
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.playbook.model import Execution, Status
from core.playbook.ports import ExecutionStore
from core.playbook.prompts import Playbook
from core.playbook.running import Running
from core.request import Address, Platform


class Resuming:
    """What a worker does with the job of a run."""

    def __init__(
        self,
        *,
        store: ExecutionStore,
        playbook: Playbook,
        people: People,
        running: Running,
        outbox: Outbox,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._playbook = playbook
        self._people = people
        self._running = running
        self._outbox = outbox
        self._clock = clock

    async def resume(self, job: Job) -> str:
        """Take the run to its end, if it has not come there, and send its answer to where it was asked for.

        The letter's key is the run's id: however often this is done, the answer is sent once.
        """
        person = await self._people.by_id(job.person_id or "")
        execution = await self._store.find(person, job.payload["run"]) if person else None
        if person is None or execution is None:
            return "nobody waits for it any more"
        if execution.status is Status.PENDING:
            execution = await self._run(person, execution)
        prompt = self._playbook.named(execution.prompt_code)
        letter = new_letter(
            f"run:{execution.id}",
            _place(job),
            self._running.message(prompt, execution),
            organization_id=person.organization_id,
            person_id=person.id,
            at=self._clock(),
        )
        await self._outbox.add(letter)
        return "sent"

    async def _run(self, person: Person, execution: Execution) -> Execution:
        prompt = self._playbook.named(execution.prompt_code)
        async with aclosing(self._running.updates(person, prompt, execution)) as updates:
            async for _ in updates:
                pass
        return await self._store.find(person, execution.id) or execution


def _place(job: Job) -> Address:
    where = job.payload
    return Address(Platform(where["platform"]), where["workspace"], where["channel"], where["thread"])
