"""The one place that knows the record, the scheduler and Claude: it builds the program from the settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bots.late import Late
from bots.outbox import Pump
from bots.reception import Reception
from bots.settings import Settings
from bots.work import Work
from bots.written import Written, read_course
from core.agents import commands as agents_commands
from core.app import App
from core.assets import commands as assets_commands
from core.assets.service import Assets
from core.catalog import Catalog
from core.chat import commands as chat_commands
from core.chat.context import StudentContext
from core.chat.service import Chat
from core.contents import SHIPPED
from core.course import commands as course_commands
from core.course.service import Progress
from core.foundation import commands as foundation_commands
from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.help import commands as help_commands
from core.help.passages import passages
from core.home import commands as home_commands
from core.home.panels import FoundationMeters, NextStep, RecentAssets
from core.home.service import Home
from core.ids import new_id
from core.kpis import commands as kpis_commands
from core.kpis.service import Snapshots
from core.leases import Bell, Leases
from core.llm.model import Model
from core.llm.practice import Practice
from core.people import commands as people_commands
from core.people import link_commands
from core.people.link import Linking
from core.people.service import People
from core.playbook import commands as playbook_commands
from core.playbook.resuming import Resuming
from core.playbook.running import KIND, Running
from core.playbook.service import Runs
from core.playbook.sources import OwnRecords
from core.ports import Messenger
from core.privacy import commands as privacy_commands
from core.privacy.service import Privacy
from core.services import Services
from persistence.agents import AgentsRecord
from persistence.assets import AssetRecord
from persistence.conversations import ConversationsRecord
from persistence.course import CourseRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.keys import KeyRecord
from persistence.links import LinkRecord
from persistence.migrations.runner import Migrations
from persistence.outbox import OutboxRecord
from persistence.overview import Overview
from persistence.passages import CoursePassages
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from persistence.prompts import PromptRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from scheduler.kinds import Kinds
from scheduler.ticks import Ticks
from scheduler.worker import RHYTHM, Rhythm, Worker

if TYPE_CHECKING:
    from core.llm.claude import Claude

FEATURES = (
    home_commands,
    people_commands,
    foundation_commands,
    playbook_commands,
    course_commands,
    assets_commands,
    kpis_commands,
    agents_commands,
    chat_commands,
    link_commands,
    privacy_commands,
    help_commands,
)
"""The features whose commands make the catalog, in the order in which people meet them."""


@dataclass(frozen=True, slots=True)
class Program:
    """The built program.

    `work(messenger, surfaces)` are its workers, once there is somebody who can send what they finish: they answer late, and send,
    only what belongs to these surfaces (`core.request.Address.surface`).
    """

    app: App
    reception: Reception
    work: Callable[[Messenger, Sequence[str]], Work]
    privacy: Privacy


@asynccontextmanager
async def build(settings: Settings, rhythm: Rhythm = RHYTHM) -> AsyncGenerator[Program, None]:
    """The program, ready to serve, until the end of the block.

    `rhythm` says how long leases are, and how often work is looked for.

    Raises:
        StoreTrouble: the record cannot be opened.
        ContentTrouble: the course cannot be read.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(record(settings))
        await database.prepare()
        owner = new_id("prc")
        await Migrations(database, owner=owner, now=now).apply()
        key = settings.secret_key.get_secret_value().encode() if settings.secret_key else await KeyRecord(database).secret()
        course = read_course(settings.content_dir or SHIPPED)
        model = await stack.enter_async_context(_model(settings, course))
        publishing = asyncio.create_task(_publish(course, database))
        stack.callback(publishing.cancel)
        program = _program(course, database, model, key, owner, rhythm, alone=settings.mongodb_uri is None)
        stack.push_async_callback(program.reception.close)
        yield program


@asynccontextmanager
async def record(settings: Settings) -> AsyncGenerator[Database, None]:
    """The record that the settings name, open until the end of the block."""
    database: Database
    if settings.mongodb_uri is not None:
        from persistence.models import MODELS  # noqa: PLC0415
        from persistence.mongo import open_mongo  # noqa: PLC0415 - Motor takes 0.3 s to load

        database = await open_mongo(settings.mongodb_uri.get_secret_value(), validators=MODELS)
    else:
        from persistence.embedded import open_embedded  # noqa: PLC0415

        database = await open_embedded(settings.data_dir)
    try:
        yield database
    finally:
        await database.close()


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


def claude(settings: Settings) -> Claude | None:
    """Claude, where a key is set."""
    if settings.anthropic_api_key is None:
        return None
    from core.llm.claude import Claude  # noqa: PLC0415 - only where a key is set

    return Claude(settings.anthropic_api_key.get_secret_value(), settings.model, settings.anthropic_base_url)


@asynccontextmanager
async def _model(settings: Settings, course: Written) -> AsyncGenerator[Model, None]:
    real = claude(settings)
    if real is not None:
        real.warm()
        try:
            yield real
        finally:
            await real.close()
        return
    found = CoursePassages(lambda: tuple(passages(course.modules, course.playbook, course.cells, course.metrics)))
    try:
        yield Practice(found)
    finally:
        found.close()


async def _publish(course: Written, database: Database) -> None:
    """Bring the course's collections up to date, while the first prompt is up already."""
    await course.roster.publish(AgentsRecord(database))
    await PromptRecord(database).publish(list(course.playbook.by_code.values()))
    await CourseRecord(database).publish(course.modules.modules())


def _program(
    course: Written, database: Database, model: Model, key: bytes, owner: str, rhythm: Rhythm, *, alone: bool
) -> Program:
    bells = {name: Bell() for name in ("inbox", "jobs", "outbox")}
    inbox = InboxRecord(database, bells["inbox"])
    jobs = JobRecord(database, bells["jobs"])
    outbox = OutboxRecord(database, bells["outbox"])
    drafts = FormDraftRecord(database)
    runs_record = ExecutionRecord(database)
    foundation_record = FoundationRecord(database)
    asset_record = AssetRecord(database)

    people = People(PeopleRecord(database))
    linking = Linking(LinkRecord(database), key)
    privacy = Privacy(PrivacyRecord(database), key)
    foundations = Foundations(foundation_record, course.cells)
    interview = Interview(foundations, foundation_record, lambda words: bool(course.roster.find(words).mentions))
    share = Share(foundation_record, foundations)
    progress = Progress(ProgressRecord(database), course.modules, asset_record, share)
    assets = Assets(asset_record, (progress,))
    snapshots = Snapshots(SnapshotRecord(database), course.metrics, people, drafts)
    running = Running(
        store=runs_record,
        roster=course.roster,
        model=model,
        jobs=jobs,
        owner=owner,
        clock=now,
        wait=asyncio.sleep,
        lease=rhythm.lease,
    )
    runs = Runs(
        store=runs_record,
        playbook=course.playbook,
        foundations=foundations,
        assets=assets,
        sources=OwnRecords(assets, progress, snapshots),
        running=running,
    )
    resuming = Resuming(store=runs_record, playbook=course.playbook, people=people, running=running, outbox=outbox, clock=now)
    context = StudentContext(foundations, foundation_record, progress, snapshots)
    chat = Chat(roster=course.roster, store=ConversationsRecord(database), model=model, context=context)
    home = Home((NextStep(progress), FoundationMeters(foundations), RecentAssets(assets)))
    catalog = Catalog(command for feature in FEATURES for command in feature.COMMANDS)
    services = Services(
        *(catalog, people, linking, privacy, foundations, interview, course.modules, progress, assets),
        *(course.metrics, snapshots, runs, course.roster, chat, home),
    )
    app = App(
        catalog=catalog,
        services=services,
        people=people,
        home=home,
        listeners=(interview, chat),
        onlookers=(interview,),
        drafts=drafts,
    )

    reception = Reception(app, inbox, owner=owner, now=now, wait=asyncio.sleep, lease=rhythm.lease)

    def work(messenger: Messenger, surfaces: Sequence[str]) -> Work:
        events = InboxRecord(database, bells["inbox"], surfaces)
        letters = OutboxRecord(database, bells["outbox"], surfaces)
        late = Late(app, messenger, reception.has_shown)
        one_by_one = replace(rhythm, at_once=1)  # late events are answered as they came

        async def ring(_: datetime) -> None:
            for bell in bells.values():
                bell.ring()

        tasks = {"sweep": database.sweep, "links": linking.resume, "privacy": privacy.resume, "work": ring}
        return Work(
            late=Worker(events, late.answer, owner=owner, now=now, bell=bells["inbox"], rhythm=one_by_one),
            jobs=Worker(jobs, Kinds({KIND: resuming.resume}), owner=owner, now=now, bell=bells["jobs"], rhythm=rhythm),
            letters=Worker(letters, Pump(messenger).send, owner=owner, now=now, bell=bells["outbox"], rhythm=rhythm),
            stores=(inbox, jobs, outbox),
            pulse=Ticks(tasks, now=now),
            alone=alone,
            now=now,
        )

    return Program(app=app, reception=reception, work=work, privacy=privacy)


def now() -> datetime:
    """The time, aware and in UTC: the program's only clock."""
    return datetime.now(UTC)
