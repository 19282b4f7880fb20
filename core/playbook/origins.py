"""Where an asset came from: its run, and what of the Foundation has changed since."""

from __future__ import annotations

from core.assets.model import Origin
from core.foundation.cells import Cell
from core.foundation.model import Foundation
from core.foundation.service import Foundations
from core.people.model import Person
from core.playbook.model import Execution
from core.playbook.ports import ExecutionStore
from core.playbook.prompts import Playbook
from core.playbook.refined import first_of


class RunOrigins:
    """Implements `core.assets.ports.Origins`."""

    def __init__(self, store: ExecutionStore, playbook: Playbook, foundations: Foundations) -> None:
        self._store = store
        self._playbook = playbook
        self._foundations = foundations

    async def of(self, person: Person, execution_id: str) -> Origin | None:
        """The run, and the cells that it used and that were changed after it; None where it is not there any more."""
        run = await self._store.find(person, execution_id)
        if run is None:
            return None
        first = await first_of(self._store, person, run)
        foundation = await self._foundations.kept(person)
        changed = [each.title for each in self._used(first) if foundation and _changed(each, foundation, first)]
        return Origin(
            execution_id=first.id,
            code=first.prompt_code,
            title=self._title(first.prompt_code),
            ran_at=first.ai_request_timestamp,
            foundation_version=first.foundation_version,
            refined=run.id != first.id,
            changed=tuple(dict.fromkeys(changed)),
        )

    def _used(self, run: Execution) -> list[Cell]:
        return [each for each in self._foundations.cells.by_key.values() if run.used(each.field)]

    def _title(self, code: str) -> str:
        prompt = self._playbook.by_code.get(code)
        return prompt.title if prompt else ""


def _changed(cell: Cell, foundation: Foundation, run: Execution) -> bool:
    """Whether the cell was changed after the run read it; a run of before versions were noted is judged by its time."""
    mark = foundation.mark(cell.key)
    if mark is None:
        return False
    if run.foundation_version is None:
        return mark.at > run.ai_request_timestamp
    return mark.version > run.foundation_version
