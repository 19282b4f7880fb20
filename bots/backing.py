"""What the program stands on: the record and the model that the settings name, and the time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from bots.settings import Settings
from bots.signalling import Counted
from bots.written import Written, read_course
from core.contents import SHIPPED
from core.help.passages import passages
from core.holding import Clock
from core.ids import new_id
from core.leases import Leases
from core.llm.metered import Metered
from core.llm.model import Model
from core.llm.ports import Own, Pointed, Purse
from core.llm.practice import Practice
from core.llm.prices import MILLION, Prices
from core.signals import Note, unnoted
from core.usage.service import Limits
from persistence.documents import Database
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.migrations.runner import Migrations
from persistence.outbox import OutboxRecord
from persistence.overview import Overview
from persistence.passages import CoursePassages
from persistence.published import Published, bring_up_to_date

if TYPE_CHECKING:
    from core.llm.claude import Claude

PATIENCE_SECONDS = 5.0


@asynccontextmanager
async def record(settings: Settings, patience_seconds: float = PATIENCE_SECONDS) -> AsyncGenerator[Database, None]:
    """The record that the settings name, open until the end of the block."""
    database: Database
    if settings.mongodb_uri is not None:
        from persistence.models import MODELS  # noqa: PLC0415
        from persistence.mongo import open_mongo  # noqa: PLC0415 - Motor takes 0.3 s to load

        uri = settings.mongodb_uri.get_secret_value()
        database = await open_mongo(uri, validators=MODELS, selection_seconds=patience_seconds)
    else:
        from persistence.embedded import open_embedded  # noqa: PLC0415

        database = await open_embedded(settings.data_dir)
    try:
        yield database
    finally:
        await database.close()


def unreached(settings: Settings) -> str | None:
    """What to tell an operator where the record does not answer: which one, and without its account; None of a file."""
    if settings.mongodb_uri is None:
        return None
    hosts = settings.mongodb_uri.get_secret_value().partition("://")[2].partition("/")[0].rpartition("@")[2]
    return f"The MongoDB at {hosts} does not answer. Check that it runs, and that ELEVATE_MONGODB_URI names it."


async def publish_course(settings: Settings) -> Published:
    """Bring the course's copies in the record up to date. Raises what `build` raises."""
    async with record(settings) as database:
        await database.prepare()
        return await bring_up_to_date(database, *read_course(settings.content_dir or SHIPPED).published)


@asynccontextmanager
async def overview(settings: Settings) -> AsyncGenerator[Overview, None]:
    """The record as an operator sees it; nothing is migrated."""
    async with record(settings) as database:
        yield Overview(database, Migrations(database, owner=new_id("prc"), now=now))


@asynccontextmanager
async def leased(settings: Settings) -> AsyncGenerator[Mapping[str, Leases[Any]], None]:
    """Inbox, jobs and outbox, by these names, for an operator."""
    async with record(settings) as database:
        await database.prepare()
        yield {"inbox": InboxRecord(database), "jobs": JobRecord(database), "outbox": OutboxRecord(database)}


@dataclass(frozen=True, slots=True)
class Models:
    """The model that coaches, the one for small work, and the one that coaches where the first is overloaded, if there is one.

    All is the practice model where no key is set.
    """

    large: Model
    small: Model
    fallback: Model | None = None


@dataclass(frozen=True, slots=True)
class Claudes:
    """Claude as the settings name it: large, small, and what answers where the large one is overloaded."""

    large: Claude
    small: Claude
    fallback: Claude | None

    async def close(self) -> None:
        """Let go of connections."""
        for each in (self.large, self.small, self.fallback):
            if each is not None:
                await each.close()


def claude(settings: Settings) -> Claudes | None:
    """Claude, where a key is set."""
    if settings.anthropic_api_key is None:
        return None
    from core.llm.claude import Claude  # noqa: PLC0415 - only where a key is set

    key, url, web = settings.anthropic_api_key.get_secret_value(), settings.anthropic_base_url, settings.web_search == "on"
    large = partial(Claude, key, base_url=url, effort=settings.effort, web=web)
    return Claudes(
        large(settings.model),
        Claude(key, settings.small_model, url, effort=settings.small_effort, web=web),
        large(settings.fallback) if settings.fallback else None,
    )


def limits(settings: Settings) -> Limits:
    """The budgets; one of 0 is no limit."""

    def micros(dollars: Decimal) -> int | None:
        return int(dollars * MILLION) or None

    return Limits(micros(settings.daily_budget), micros(settings.monthly_budget))


@asynccontextmanager
async def models_of(
    settings: Settings, course: Written, commands: Callable[[str], Pointed], own: Own
) -> AsyncGenerator[Models, None]:
    """What answers: Claude where a key is set, else the practice model over the course; until the end of the block.

    `commands` names those that a question may have meant, with what each does; `own` knows of those who ask.
    """
    real = claude(settings)
    if real is not None:
        real.large.warm()
        try:
            yield Models(real.large, real.small, real.fallback)
        finally:
            await real.close()
        return
    found = CoursePassages(lambda: tuple(passages(course.modules, course.playbook, course.cells, course.metrics)))
    practice = Practice(found, commands, own)
    try:
        yield Models(practice, practice)
    finally:
        found.close()


@asynccontextmanager
async def metered(
    models: Models, purse: Purse, prices: Prices, clock: Clock, note: Note = unnoted
) -> AsyncGenerator[Models, None]:
    """The same models, each answer of which is paid for out of the purse and told of; until the end of the block."""
    paid: list[Metered] = []

    def one(model: Model) -> Metered:
        paid.append(Metered(model, Counted(purse, model.name, note), prices, clock=clock, wait=asyncio.sleep))
        return paid[-1]

    try:
        yield Models(one(models.large), one(models.small), one(models.fallback) if models.fallback else None)
    finally:
        for each in reversed(paid):
            await each.close()


def now() -> datetime:
    """The time, aware and in UTC: the program's only clock."""
    return datetime.now(UTC)
