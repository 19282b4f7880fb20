"""Finishing runs whose process died, and sending what came of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.jobs import Job
from core.outbox import Outbox, new_letter
from core.people.service import People
from core.playbook.model import Status
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

        The letter's key is the run's id: however often this is done, the letter is sent once. A run that ended on somebody's
        screen has no job any more, and so no letter; only where its process died, or lost its lease, between the end of the run
        and the end of its job, is its answer shown a second time.
        """
        person = await self._people.by_id(job.person_id or "")
        execution = await self._store.find(person, job.payload["run"]) if person else None
        if person is None or execution is None:
            return "nobody waits for it any more"
        if execution.status is Status.PENDING:
            await self._running.finish(person, execution)
            execution = await self._store.find(person, execution.id) or execution
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


def _place(job: Job) -> Address:
    where = job.payload
    return Address(Platform(where["platform"]), where["workspace"], where["channel"], where["thread"])
