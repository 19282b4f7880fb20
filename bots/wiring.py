"""The one place that knows the record, the scheduler and Claude: it builds the program from the settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bots.backing import PATIENCE_SECONDS, limits, models_of, now, record
from bots.features import catalog as every_command
from bots.late import Late
from bots.outbox import Pump
from bots.reception import Reception
from bots.renewing import kept_up_to_date
from bots.settings import Settings
from bots.surfaces import Acquainted, Surfaces
from bots.terminal.traces import TerminalTraces
from bots.work import Work
from bots.written import Written, read_course
from core.abilities.proposals import Proposals
from core.abilities.toolbox import Toolbox
from core.agents.own import OwnAgents
from core.agents.reviewing import Reviews
from core.app import App
from core.assets.service import Assets
from core.chat.caring import Care, Heeding
from core.chat.context import StudentContext
from core.chat.service import Chat
from core.contents import SHIPPED
from core.course.service import Progress
from core.feedback.service import Feedbacks
from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.foundation.sorting import Sorting
from core.home.panels import Beginning, FoundationMeters, LastFigures, NextStep, RecentAssets
from core.home.service import Home
from core.ids import new_id
from core.installations import InstallationStore
from core.kpis.hook import Hooks
from core.kpis.service import Snapshots
from core.leases import Bell
from core.llm.fallback import Fallback
from core.llm.metered import Metered
from core.llm.model import Model
from core.locks import Locks
from core.people.link import Linking
from core.people.service import People
from core.playbook.origins import RunOrigins
from core.playbook.resuming import Resuming
from core.playbook.running import KIND, Running
from core.playbook.service import Runs
from core.playbook.sources import OwnRecords
from core.privacy.ports import Traces
from core.privacy.service import Privacy
from core.reach import ReachStore, Unreached
from core.services import Services
from core.sharing.ports import ShownStore
from core.sharing.service import Sharing
from core.usage.service import Budget
from persistence.assets import AssetRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.feedback import FeedbackRecord
from persistence.foundation import FoundationRecord
from persistence.inbox import InboxRecord
from persistence.installations import InstallationRecord
from persistence.jobs import JobRecord
from persistence.keys import KeyRecord
from persistence.links import LinkRecord
from persistence.locks import LockRecord
from persistence.migrations.runner import Migrations
from persistence.noticed import Noticed
from persistence.outbox import OutboxRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from persistence.published import publish
from persistence.reach import ReachRecord
from persistence.runs import ExecutionRecord
from persistence.shown import ShownRecord
from persistence.snapshots import SnapshotRecord
from persistence.usage import UsageRecord
from persistence.webhooks import WebhookRecord
from scheduler.kinds import Kinds
from scheduler.ticks import Ticks
from scheduler.worker import RHYTHM, Rhythm, Worker

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Program:
    """The built program.

    `surfaces` are those that are open; whoever opens one says so there. `work(surfaces)` are the program's workers: they answer
    late, and send, only what belongs to these surfaces (`core.request.Address.surface`). `shown` keeps what may be wanted again,
    and `installations` where the bot was installed. `reach` is how people are reached on Discord, and `unreached` tells of
    those who cannot be. `locks` are for what one process alone may do, under the name `owner`.
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
    work: Callable[[Sequence[str]], Work]
    ping: Callable[[], Awaitable[str]]
    privacy: Privacy
    hooks: Hooks


@dataclass(frozen=True, slots=True)
class _Given:
    """What the program is built of. `owner` names this process in leases; `alone`: no other can have the same record.

    The models are metered: whatever features ask of them is paid for by somebody.
    """

    course: Written
    database: Database
    model: Model
    small: Model
    budget: Budget
    key: bytes
    owner: str
    rhythm: Rhythm
    traces: Sequence[Traces]
    alone: bool
    public_url: str | None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of work, and the bells that ring where one is added, by the names of their collections."""

    bells: Mapping[str, Bell]
    inbox: InboxRecord
    jobs: JobRecord
    outbox: OutboxRecord


@dataclass(frozen=True, slots=True)
class _Product:
    """What serves people: the one door, and what goes on with what broke off."""

    app: App
    linking: Linking
    privacy: Privacy
    resuming: Resuming
    shown: ShownStore
    sharing: Sharing
    hooks: Hooks


@asynccontextmanager
async def build(
    settings: Settings,
    rhythm: Rhythm = RHYTHM,
    patience_seconds: float = PATIENCE_SECONDS,
    clock: Callable[[], datetime] = now,
) -> AsyncGenerator[Program, None]:
    """The program, ready to serve, until the end of the block.

    `rhythm` says how long leases are, and how often work is looked for; `patience_seconds` how long a MongoDB that is away is
    waited for before people are told; `clock` by which time it is counted what was spent when.

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
        models = await stack.enter_async_context(models_of(settings, course))
        budget = Budget(UsageRecord(database), limits(settings), free=models.large.practice)
        metered = partial(Metered, purse=budget, prices=course.prices, clock=clock, wait=asyncio.sleep)
        large, small = metered(models.large), metered(models.small)
        other = metered(models.fallback) if models.fallback else None
        for each in (large, small, other):
            if each is not None:
                stack.push_async_callback(each.close)
        model = Fallback(large, other) if other else large
        await stack.enter_async_context(kept_up_to_date(course, partial(publish, database), asyncio.sleep))
        traces = (TerminalTraces(settings.data_dir),)
        alone = settings.mongodb_uri is None
        url = settings.public_url
        program = _program(_Given(course, database, model, small, budget, key, owner, rhythm, traces, alone=alone, public_url=url))
        stack.push_async_callback(program.reception.close)
        yield program


def _program(given: _Given) -> Program:
    rows, surfaces = _rows(given.database), Surfaces()
    product = _product(given, rows, surfaces)
    door = Acquainted(product.app, surfaces)
    reception = Reception(door, rows.inbox, owner=given.owner, now=now, wait=asyncio.sleep, lease=given.rhythm.lease)

    def work(served: Sequence[str]) -> Work:
        return _work(given, rows, product, Late(door, surfaces, reception, product.sharing.opening), Pump(surfaces, now), served)

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
        work=work,
        ping=given.database.ping,
        privacy=product.privacy,
        hooks=product.hooks,
    )


def _rows(database: Database) -> _Rows:
    bells = {name: Bell() for name in ("inbox", "jobs", "outbox")}
    return _Rows(
        bells=bells,
        inbox=InboxRecord(database, bells["inbox"]),
        jobs=JobRecord(database, bells["jobs"]),
        outbox=OutboxRecord(database, bells["outbox"]),
    )


def _product(given: _Given, rows: _Rows, surfaces: Surfaces) -> _Product:
    behind, given = given.database, replace(given, database=Noticed(given.database))
    course, database = given.course, given.database
    drafts = FormDraftRecord(database)
    foundation_record = FoundationRecord(database)
    asset_record = AssetRecord(database)

    people = People(PeopleRecord(database))
    linking = Linking(LinkRecord(database), given.key)
    privacy = Privacy(PrivacyRecord(database), given.key, given.traces)
    foundations = Foundations(foundation_record, course.cells)
    sorting = Sorting(foundations, given.small, drafts)
    own, reviews = _own_agents(given, rows)
    interview = Interview(foundations, foundation_record, own.calls, rows.outbox, drafts)
    progress = Progress(ProgressRecord(database), course.modules, asset_record, Share(foundation_record, foundations))
    origins = RunOrigins(ExecutionRecord(database), course.playbook, foundations)
    assets = Assets(asset_record, (progress,), origins)
    snapshots = Snapshots(SnapshotRecord(database), course.metrics, people, drafts)
    hooks = Hooks(WebhookRecord(database), people, snapshots, given.key, given.public_url)
    runs, resuming = _playbook(given, rows, people, foundations, assets, OwnRecords(assets, progress, snapshots))
    able = (foundations, course.modules, progress, assets, snapshots, runs, course.roster, hooks, Proposals(drafts))
    chat = Chat(
        roster=own,
        store=ConversationsRecord(database),
        model=given.model,
        small=given.small,
        context=StudentContext(foundations, progress, snapshots),
        attachments=surfaces,
        tools=Toolbox(Services(*able)),
    )
    panels = (NextStep(progress), FoundationMeters(foundations), LastFigures(snapshots), RecentAssets(assets))
    home = Home(panels, Beginning(progress))
    shown = ShownRecord(behind)  # what may be asked for again is no change of theirs
    sharing, catalog = Sharing(shown), every_command()
    services = Services(
        *(*able, catalog, people, linking, privacy, sorting, interview, course.metrics, own, reviews),
        *(chat, home, sharing, Feedbacks(FeedbackRecord(database)), given.budget),
        Care(ConversationsRecord(database), PeopleRecord(database), rows.outbox),
    )
    app = App(
        catalog=catalog,
        services=services,
        people=people,
        home=home,
        listeners=(Heeding(chat), interview, chat),
        onlookers=(interview,),
        drafts=drafts,
        corrections=chat,
        sharing=sharing,
    )
    return _Product(app=app, linking=linking, privacy=privacy, resuming=resuming, shown=shown, sharing=sharing, hooks=hooks)


def _own_agents(given: _Given, rows: _Rows) -> tuple[OwnAgents, Reviews]:
    """The agents that people make, and what coaches say to them."""
    store = OwnAgentsRecord(given.database)
    own = OwnAgents(given.course.roster, store)
    return own, Reviews(own, store, PeopleRecord(given.database), rows.outbox)


def _playbook(
    given: _Given, rows: _Rows, people: People, foundations: Foundations, assets: Assets, sources: OwnRecords
) -> tuple[Runs, Resuming]:
    """The runs of prompts, and what goes on with those whose process died."""
    store, playbook = ExecutionRecord(given.database), given.course.playbook
    running = Running(
        store=store,
        cells=given.course.cells,
        roster=given.course.roster,
        model=given.model,
        jobs=rows.jobs,
        owner=given.owner,
        clock=now,
        wait=asyncio.sleep,
        lease=given.rhythm.lease,
    )
    runs = Runs(store=store, playbook=playbook, foundations=foundations, assets=assets, sources=sources, running=running)
    return runs, Resuming(store=store, playbook=playbook, people=people, running=running, outbox=rows.outbox, clock=now)


def _work(given: _Given, rows: _Rows, product: _Product, late: Late, pump: Pump, surfaces: Sequence[str]) -> Work:
    """What goes on without anybody asking: events left unanswered, jobs, letters, and what comes with time."""
    events = InboxRecord(given.database, rows.bells["inbox"], surfaces)
    letters = OutboxRecord(given.database, rows.bells["outbox"], surfaces)
    kinds = Kinds({KIND: product.resuming.resume})

    async def ring(_: datetime) -> None:
        for bell in rows.bells.values():
            bell.ring()

    tasks = {"sweep": given.database.sweep, "links": product.linking.resume, "privacy": product.privacy.resume, "work": ring}
    return Work(
        late=Worker(events, late.answer, owner=given.owner, now=now, bell=rows.bells["inbox"], rhythm=given.rhythm),
        jobs=Worker(rows.jobs, kinds, owner=given.owner, now=now, bell=rows.bells["jobs"], rhythm=given.rhythm),
        letters=Worker(letters, pump.send, owner=given.owner, now=now, bell=rows.bells["outbox"], rhythm=given.rhythm),
        stores=(rows.inbox, rows.jobs, rows.outbox),
        pulse=Ticks(tasks, now=now),
        alone=given.alone,
        now=now,
    )
