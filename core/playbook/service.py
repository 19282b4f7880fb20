"""Runs of prompts: what they need, beginning them, finding them again, and making assets of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.assets.model import Asset
from core.assets.service import Assets
from core.course.steps import Step
from core.errors import AlreadyThere, NotFound
from core.foundation.service import Foundations
from core.ids import made_id
from core.listing import ROWS, Leaf, sought, within
from core.people.model import Person
from core.playbook.model import Execution, Order, PublishedPrompt, nested
from core.playbook.needs import Needs, needs_of
from core.playbook.ports import ExecutionStore, Sources
from core.playbook.prompts import Playbook, Prompt
from core.playbook.refined import first_of
from core.playbook.rocket import fill
from core.playbook.running import Running
from core.request import Address
from core.ui import Live


def run_id(person: Person, place: Address, event: str) -> str:
    """The id of the run that an event began: the same event begins one only."""
    return made_id("run", f"{person.user_id} {place.platform} {event}")


class Runs:
    """The runs of all students, one at a time."""

    def __init__(
        self,
        *,
        store: ExecutionStore,
        playbook: Playbook,
        foundations: Foundations,
        assets: Assets,
        sources: Sources,
        running: Running,
    ) -> None:
        self._store = store
        self.playbook = playbook
        self._foundations = foundations
        self._assets = assets
        self._sources = sources
        self._running = running

    @property
    def practice(self) -> bool:
        """Whether no real model answers, so that what comes is the prompt and not its result."""
        return self._running.practice

    async def needs(self, prompt: Prompt, person: Person, answers: Mapping[str, str], at: datetime) -> Needs:
        """What there is for the prompt, and what is missing."""
        return await needs_of(prompt, person, answers, at, self._foundations, self._sources)

    async def current_step(self, person: Person) -> str:
        """The step that the person is in."""
        return await self._sources.current_step(person)

    async def start(
        self,
        person: Person,
        prompt: Prompt,
        needs: Needs,
        *,
        event: str,
        place: Address,
        at: datetime,
        refines: Execution | None = None,
    ) -> Live | None:
        """Keep a new run with all that it was given, and return its answer, which will grow.

        The run is a job that this process holds: should it die, another finishes the run, and sends the answer to `place`.
        `event` is what asked for it: the same event begins one run only, and None is returned where its job is kept already.
        """
        step = refines.elevate_step if refines else prompt.step
        if step not in tuple(Step):
            step = await self.current_step(person)
        execution = Execution(
            id=run_id(person, place, event),
            user_id=person.user_id,
            organization_id=person.organization_id,
            prompt_code=prompt.code,
            elevate_step=step,
            input_context_snapshot=nested(needs.values),
            ai_request_timestamp=at,
            prompt=fill(prompt.body, needs.values),
            prompt_digest=PublishedPrompt.from_file(prompt).digest,
            foundation_version=needs.seen,
            model=self._running.model_name,
            refines=refines.id if refines else None,
        )
        try:
            await self._store.add(person, execution)
        except AlreadyThere:  # its process died before there was a job, or is at work on it
            execution = await self.find(person, execution.id)
        job = await self._running.begin(person, execution, place, at)
        if job is None:
            return None
        return Live(self._running.updates(person, prompt, execution, job), kept=True)

    async def find(self, person: Person, execution_id: str) -> Execution:
        """The person's run. Raises `NotFound`."""
        found = await self._store.find(person, execution_id)
        if found is None:
            raise NotFound("That run is not yours, or is not there any more. /runs lists your latest.")
        return found

    async def listed(self, person: Person, search: str = "", order: Order = Order.NEWEST, page: int = 1) -> Leaf[Execution]:
        """A page of the person's runs without their texts, of the prompts whose code, title or step holds the searched words.

        The prompts are found in memory, their runs by the record: it reads no more than the pages up to this one.
        """
        prompts = sought(self.playbook.by_code.values(), search, lambda each: f"{each.code} {each.title} {each.step}")
        codes = [each.code for each in prompts] if search else None
        count = await self._store.count(person, codes)
        number, pages = within(page, count)
        found = await self._store.listed(person, number * ROWS, codes, order) if count else []
        return Leaf(found[(number - 1) * ROWS :], number, pages, count)

    async def latest(self, person: Person) -> Execution | None:
        """The person's last run, whole; None where there is none."""
        found = await self._store.listed(person, 1)
        return await self._store.find(person, found[0].id) if found else None

    async def saved_before(self, person: Person, execution: Execution, content: str) -> Asset | None:
        """The asset that was made of the run and says exactly this, where it is the last that was."""
        if execution.refined_output_asset_id is None:
            return None
        try:
            asset = (await self._assets.show(person, execution.refined_output_asset_id)).asset
        except NotFound:
            return None
        return asset if asset.content == content else None

    async def asset_type(self, person: Person, execution: Execution) -> str:
        """What the run's prompt makes, by the course; a refined text is still what it was."""
        first = await first_of(self._store, person, execution)
        prompt = self.playbook.by_code.get(first.prompt_code)
        return prompt.asset if prompt else "Draft"

    async def keep(
        self,
        person: Person,
        execution: Execution,
        content: str,
        *,
        at: datetime,
        title: str = "",
        asset_type: str | None = None,
        channel: str | None = None,
        request: str = "",
    ) -> Asset:
        """Make an asset of a run, once for the same request's id; without a title, it is called by the prompt it began with."""
        first = await first_of(self._store, person, execution)
        prompt = self.playbook.by_code.get(first.prompt_code)
        refined = ", refined" if first.id != execution.id else ""
        asset = await self._assets.keep(
            person,
            step=Step(execution.elevate_step),
            asset_type=asset_type or await self.asset_type(person, execution),
            content=content,
            title=title or f"{prompt.title if prompt else first.prompt_code} ({first.prompt_code}){refined}",
            channel=channel,
            execution_id=execution.id,
            at=at,
            request=request,
        )
        await self._store.link(person, execution.id, asset.id)
        return asset
