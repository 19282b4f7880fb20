"""The run whose result somebody is about to save, where they say so in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from core.llm.ports import OwnRun
from core.people.model import Person
from core.playbook.model import Status
from core.playbook.ports import ExecutionStore
from core.playbook.prompts import Playbook
from core.playbook.views import save_what_came

LATELY = timedelta(days=1)
"""What was run before that is looked for among the runs."""


class Unsaved:
    """Implements `core.llm.ports.OwnRuns`."""

    def __init__(self, runs: ExecutionStore, playbook: Playbook, clock: Callable[[], datetime]) -> None:
        self._runs = runs
        self._playbook = playbook
        self._clock = clock

    async def last(self, person: Person) -> OwnRun | None:
        """The person's last run, where it is of the last day and nothing of it is saved."""
        latest = next(iter(await self._runs.listed(person, 1)), None)
        if latest is None or latest.status is not Status.SUCCESS or self._clock() - latest.ai_request_timestamp > LATELY:
            return None
        run = await self._runs.find(person, latest.id)
        if run is None or run.refined_output_asset_id is not None:
            return None
        prompt = self._playbook.by_code.get(run.prompt_code)
        return OwnRun(f"{run.prompt_code}, {prompt.title}" if prompt else run.prompt_code, save_what_came(run))
