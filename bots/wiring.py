"""Builds the program from the settings: opens the record and the course, and gives what serves people its workers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bots.backing import PATIENCE_SECONDS, limits, metered, models_of, now, record
from bots.features import catalog as every_command
from bots.late import Late
from bots.outbox import Pump
from bots.own import own_of
from bots.paged import Paged
from bots.product import Given, product_of
from bots.reception import Reception
from bots.renewing import kept_up_to_date
from bots.rows import Task, Worked, rows_of, work_of
from bots.settings import Settings
from bots.signalling import Signalling
from bots.surfaces import Acquainted, Surfaces
from bots.terminal.traces import TerminalTraces
from bots.work import Work
from bots.written import read_course
from core.app import App
from core.contents import SHIPPED
from core.help.pointing import pointed
from core.ids import new_id
from core.installations import InstallationStore
from core.kpis.webhook import Webhooks
from core.llm.fallback import Fallback
from core.locks import Locks
from core.nudges.preview import Previews
from core.people.coaches import Coaches
from core.people.service import People
from core.privacy.service import Privacy
from core.reach import ReachStore, Unreached
from core.services import Services
from core.sharing.ports import ShownStore
from core.sharing.service import Sharing
from core.signals import Depth, Note, unnoted
from core.usage.service import Budget
from persistence.depths import QueueDepths
from persistence.installations import InstallationRecord
from persistence.keys import KeyRecord
from persistence.locks import LockRecord
from persistence.migrations.runner import Migrations
from persistence.people import PeopleRecord
from persistence.published import publish
from persistence.reach import ReachRecord
from persistence.usage import UsageRecord
from scheduler.worker import RHYTHM, Rhythm


@dataclass(frozen=True, slots=True)
class Program:
    """The built program.

    `surfaces` are those that are open; whoever opens one says so there. `work(surfaces)` are the program's workers: they answer
    late, and send, only what belongs to these surfaces (`core.request.Address.surface`). `shown` keeps what may be wanted again,
    and `installations` where the bot was installed. `reach` is how people are reached on Discord, and `unreached` tells of
    those who cannot be. `locks` are for what one process alone may do, under the name `owner`. `depths` are the
    queues', `note` is told how the work goes. `coaches`: who coaches, as of the
    last tick. `previews` say what reminders
    would go out. `services` are what handlers ask for, and `paged` is what
    the pages of the web are built of.
    """

    app: App
    reception: Reception
    surfaces: Surfaces
    shown: ShownStore
    sharing: Sharing
    installations: InstallationStore
    reach: ReachStore
    unreached: Unreached
    locks: Locks
    owner: str
    coaches: Coaches
    work: Callable[[Sequence[str]], Work]
    ping: Callable[[], Awaitable[str]]
    depths: Callable[[datetime], Awaitable[Mapping[str, Depth]]]
    note: Note
    privacy: Privacy
    people: People
    webhooks: Webhooks
    previews: Previews
    services: Services
    paged: Paged


@asynccontextmanager
async def build(
    settings: Settings,
    rhythm: Rhythm = RHYTHM,
    patience_seconds: float = PATIENCE_SECONDS,
    clock: Callable[[], datetime] = now,
    note: Note = unnoted,
) -> AsyncGenerator[Program, None]:
    """The program, ready to serve, until the end of the block.

    `rhythm` says how long leases are, and how often work is looked for; `patience_seconds` how long a MongoDB that is away is
    waited for before people are told; `clock` by which time work is due, and it is counted what was spent when;
    `note` is told how the work goes.

    Raises:
        StoreTrouble: the record cannot be opened.
        ContentTrouble: the course cannot be read.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(record(settings, patience_seconds))
        await database.prepare()
        owner = new_id("prc")
        await Migrations(database, owner=owner, now=now).apply()
        key = settings.secret_key.get_secret_value().encode() if settings.secret_key else await KeyRecord(database).secret()
        course = read_course(settings.content_dir or SHIPPED)
        catalog = every_command()
        meant = partial(pointed, commands=tuple(catalog.commands.values()), metrics=course.metrics)
        models = await stack.enter_async_context(models_of(settings, course, meant, own_of(database, course, clock)))
        budget = Budget(UsageRecord(database), limits(settings), free=models.large.practice)
        paid = await stack.enter_async_context(metered(models, budget, course.prices, clock, note))
        model = Fallback(paid.large, paid.fallback) if paid.fallback else paid.large
        await stack.enter_async_context(kept_up_to_date(course, partial(publish, database), asyncio.sleep))
        traces = (TerminalTraces(settings.data_dir),)
        alone = settings.mongodb_uri is None
        url = settings.public_url
        program = _program(
            Given(
                *(course, database, model, paid.small, budget, key, owner, rhythm, traces, alone),
                *(url, clock, settings.nudge_holdout, note, catalog),
            )
        )
        stack.push_async_callback(program.reception.close)
        yield program


def _program(given: Given) -> Program:
    rows, surfaces = rows_of(given.database), Surfaces()
    product, clock = product_of(given, rows, surfaces), given.clock
    entrance = Signalling(Acquainted(product.app, surfaces, product.newcomers), given.note, time.monotonic)
    lease, note = given.rhythm.lease, given.note
    reception = Reception(entrance, rows.inbox, owner=given.owner, now=clock, wait=asyncio.sleep, lease=lease, note=note)
    worked = Worked(given.database, given.owner, given.alone, clock, given.rhythm, given.note)
    coaches = Coaches(product.people.coaching)
    tasks: dict[str, Task] = {"coaches": coaches.renew, "sweep": given.database.sweep}
    tasks |= {"links": product.linking.resume, "privacy": product.privacy.resume, **product.ticks}

    def work(served: Sequence[str]) -> Work:
        late = Late(entrance, surfaces, reception, product.sharing.opening, given.catalog.typeable)
        dispatch = product.reminding.dispatch(rows.outbox, surfaces, served, now=clock)
        pump = Pump(surfaces, clock, dispatch.unsent, given.note)
        return work_of(worked, rows, product.kinds, late, pump, {**tasks, "nudges": dispatch.tick}, served)

    return Program(
        app=product.app,
        reception=reception,
        surfaces=surfaces,
        shown=product.shown,
        sharing=product.sharing,
        installations=InstallationRecord(given.database),
        reach=ReachRecord(given.database),
        unreached=Unreached(PeopleRecord(given.database), rows.outbox),
        locks=LockRecord(given.database, alone=given.alone),
        owner=given.owner,
        coaches=coaches,
        work=work,
        ping=given.database.ping,
        depths=QueueDepths(given.database).read,
        note=given.note,
        privacy=product.privacy,
        people=product.people,
        webhooks=product.webhooks,
        previews=product.reminding.previews,
        services=product.services,
        paged=product.paged,
    )
