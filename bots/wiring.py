"""The one place that knows the record, the scheduler and Claude: it builds the program from the settings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bots.backing import PATIENCE_SECONDS, limits, metered, models_of, now, record
from bots.boundary import Careful
from bots.door import door, home_of
from bots.features import catalog as every_command
from bots.late import Late
from bots.measured import Measuring, measured
from bots.outbox import Pump
from bots.paged import Paged, paged
from bots.reception import Reception
from bots.reminding import Reminding, sources_of
from bots.renewing import kept_up_to_date
from bots.rows import Rows, Task, Worked, rows_of, work_of
from bots.settings import Settings
from bots.signalling import Signalling
from bots.surfaces import Acquainted, Surfaces
from bots.tended import Tending, tended
from bots.terminal.traces import TerminalTraces
from bots.work import Work
from bots.written import Written, read_course
from core.abilities.proposals import Proposals
from core.abilities.toolbox import Toolbox
from core.agents.own import OwnAgents
from core.agents.reviewing import Reviews
from core.app import App
from core.assets.service import Assets
from core.catalog import Catalog
from core.chat.caring import Heeding
from core.chat.context import StudentContext
from core.chat.memory import KIND as MEMORY
from core.chat.memory import Remembering
from core.chat.service import Chat
from core.cohort.arriving import KIND as CHANNEL_MEMBERS
from core.cohort.joining import Joining
from core.cohort.service import Cohorts
from core.commitments.service import Commitments
from core.community.wins import Wins
from core.contents import SHIPPED
from core.course.service import Progress
from core.feedback.service import Feedbacks
from core.foundation.interview import Interview
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.foundation.sorting import Sorting
from core.help.hearing import HelpWords
from core.help.pointing import pointed
from core.ids import new_id
from core.installations import InstallationStore
from core.kpis.imports.hearing import FiguresSent
from core.kpis.webhook import Webhooks
from core.llm.fallback import Fallback
from core.llm.model import Model
from core.locks import Locks
from core.members.rolling import Touched
from core.noticing import notice
from core.nudges.hearing import Coaching, StopWords
from core.nudges.preview import Previews
from core.nudges.service import Reminders
from core.people.coaches import Coaches
from core.people.link import Linking
from core.people.service import People
from core.playbook.origins import RunOrigins
from core.playbook.resuming import Resuming
from core.playbook.running import KIND as RUN
from core.playbook.running import Running
from core.playbook.service import Runs
from core.playbook.sources import OwnRecords
from core.ports import Listener, Newcomers
from core.privacy.ports import Traces
from core.privacy.service import Privacy
from core.reach import ReachStore, Unreached
from core.services import Services
from core.sharing.ports import ShownStore
from core.sharing.service import Sharing
from core.signals import Depth, Note, unnoted
from core.usage.service import Budget
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.conversations import ConversationsRecord
from persistence.depths import QueueDepths
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.feedback import FeedbackRecord
from persistence.foundation import FoundationRecord
from persistence.installations import InstallationRecord
from persistence.invitations import InvitationRecord
from persistence.keys import KeyRecord
from persistence.links import LinkRecord
from persistence.locks import LockRecord
from persistence.migrations.runner import Migrations
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from persistence.published import publish
from persistence.reach import ReachRecord
from persistence.runs import ExecutionRecord
from persistence.shown import ShownRecord
from persistence.usage import UsageRecord
from persistence.watched import Watched
from persistence.wins import WinRecord
from scheduler.kinds import Kinds
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
    clock: Callable[[], datetime]
    holdout: float
    note: Note
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class _Product:
    """What serves people: the one door, and what goes on by itself, such as what broke off."""

    app: App
    people: People
    linking: Linking
    privacy: Privacy
    kinds: Kinds
    shown: ShownStore
    sharing: Sharing
    webhooks: Webhooks
    reminding: Reminding
    services: Services
    paged: Paged
    ticks: Mapping[str, Task]
    newcomers: Newcomers


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
        meant = partial(pointed, commands=tuple(catalog.commands.values()))
        models = await stack.enter_async_context(models_of(settings, course, meant))
        budget = Budget(UsageRecord(database), limits(settings), free=models.large.practice)
        paid = await stack.enter_async_context(metered(models, budget, course.prices, clock, note))
        model = Fallback(paid.large, paid.fallback) if paid.fallback else paid.large
        await stack.enter_async_context(kept_up_to_date(course, partial(publish, database), asyncio.sleep))
        traces = (TerminalTraces(settings.data_dir),)
        alone = settings.mongodb_uri is None
        url = settings.public_url
        program = _program(
            _Given(
                *(course, database, model, paid.small, budget, key, owner, rhythm, traces, alone),
                *(url, clock, settings.nudge_holdout, note, catalog),
            )
        )
        stack.push_async_callback(program.reception.close)
        yield program


def _program(given: _Given) -> Program:
    rows, surfaces = rows_of(given.database), Surfaces()
    product, clock = _product(given, rows, surfaces), given.clock
    entrance = Signalling(Acquainted(product.app, surfaces, product.newcomers), given.note, time.monotonic)
    lease, note = given.rhythm.lease, given.note
    reception = Reception(entrance, rows.inbox, owner=given.owner, now=clock, wait=asyncio.sleep, lease=lease, note=note)
    worked = Worked(given.database, given.owner, given.alone, clock, given.rhythm, given.note)
    coaches = Coaches(product.people.coaching)
    tasks: dict[str, Task] = {"coaches": coaches.renew, "sweep": given.database.sweep}
    tasks |= {"links": product.linking.resume, "privacy": product.privacy.resume, **product.ticks}

    def work(served: Sequence[str]) -> Work:
        late = Late(entrance, surfaces, reception, product.sharing.opening)
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


def _product(given: _Given, rows: Rows, surfaces: Surfaces) -> _Product:
    touched, unseen = Touched(), given.database
    behind = Watched(unseen, touched.note)
    given = replace(given, database=Watched(behind, lambda _: notice()))
    course, database = given.course, given.database
    drafts, foundation_record, asset_record = FormDraftRecord(database), FoundationRecord(database), AssetRecord(database)

    reminders, commitments = _reminders(behind, database)
    people = People(PeopleRecord(database), reminders, InvitationRecord(database))
    cohort_record = CohortRecord(database)
    cohorts = Cohorts(cohort_record, PeopleRecord(database))
    linking = Linking(LinkRecord(database), given.key)
    privacy = Privacy(PrivacyRecord(database), given.key, given.traces)
    foundations = Foundations(foundation_record, course.cells)
    sorting = Sorting(foundations, given.small, drafts)
    own, reviews = _own_agents(given, rows)
    interview = Interview(foundations, foundation_record, own.calls, rows.outbox, drafts)
    wins = Wins(WinRecord(database), cohorts, people, rows.outbox)
    progress = Progress(ProgressRecord(database), course.modules, asset_record, Share(foundation_record, foundations), (wins,))
    origins = RunOrigins(ExecutionRecord(database), course.playbook, foundations)
    assets = Assets(asset_record, (progress,), origins, (wins,))
    parts_of = (drafts, assets, cohorts, given.key, given.public_url, course.exports, surfaces, given.model)
    figures = measured(Measuring(database, course.metrics, people, *parts_of))
    snapshots, webhooks = figures.snapshots, figures.webhooks
    known_by = sources_of(NudgeRecord(behind), progress, foundations, snapshots, assets, commitments, cohorts)
    reminding = Reminding(behind, known_by, course.reminders, given.holdout)
    runs, resuming = _playbook(given, rows, people, foundations, assets, OwnRecords(assets, progress, snapshots))
    able = (foundations, course.modules, progress, assets, runs, own, commitments, Proposals(drafts), *figures.services)
    context, tools = StudentContext(foundations, progress, snapshots), Toolbox(Services(*able))
    chat, remembering = _chat(given, rows, own, people, context, tools, surfaces)
    minding = (touched, rows.outbox, reminders, progress, commitments, drafts, surfaces, surfaces, rows.jobs, privacy)
    tending = Tending(behind, unseen, people, cohorts, reminding.learners, *minding)
    coaching = tended(tending, foundations, snapshots, assets, course.modules)
    home = home_of(progress, cohorts, foundations, snapshots, assets, commitments, coaching)
    shown = ShownRecord(behind)  # what may be asked for again is no change of theirs
    sharing = Sharing(shown)
    pages = paged(behind, people, rows.outbox, given.key, given.public_url)
    services = Services(
        *(*able, given.catalog, people, linking, privacy, sorting, interview, course.metrics, reviews),
        *(chat, home, sharing, Feedbacks(FeedbackRecord(database)), given.budget, reminders),
        *(*pages.services, reminding.foresight, wins, *coaching.services),
    )
    before = (Joining(cohorts), Heeding(chat), Coaching(reminders, people, cohort_record))
    after = (interview, HelpWords(given.catalog), StopWords(reminders), FiguresSent(figures.imports), chat)
    hearing: tuple[Listener, ...] = (*before, *coaching.listeners, *after)
    looking, correcting = (reminders, interview), (chat, interview)
    app = door(given.catalog, services, people, home, hearing, looking, drafts=drafts, correcting=correcting, sharing=sharing)
    kinds = Kinds({RUN: resuming.resume, MEMORY: remembering.renew, CHANNEL_MEMBERS: coaching.arrivals.resume})
    parts = (app, people, linking, privacy, kinds, shown, sharing, webhooks, reminding)
    return _Product(*parts, services, pages, coaching.ticks, coaching.arrivals)


def _chat(
    given: _Given, rows: Rows, own: OwnAgents, people: People, context: StudentContext, tools: Toolbox, surfaces: Surfaces
) -> tuple[Chat, Remembering]:
    """The conversation, and what is remembered of one that has grown long."""
    store = ConversationsRecord(given.database)
    remembering = Remembering(store, rows.jobs, people, given.small)
    chat = Chat(
        roster=own,
        store=store,
        model=given.model,
        small=given.small,
        context=context,
        attachments=surfaces,
        tools=Careful(tools),
        remembering=remembering,
        coaches=PeopleRecord(given.database),
    )
    return chat, remembering


def _reminders(behind: Database, database: Database) -> tuple[Reminders, Commitments]:
    """What people agreed on about reminders, and what they said they would do: only this is shown on their pages."""
    store = CommitmentRecord(database)
    reminders = Reminders(NudgePreferencesRecord(behind), NudgeRecord(behind), store)
    return reminders, Commitments(store, reminders)


def _own_agents(given: _Given, rows: Rows) -> tuple[OwnAgents, Reviews]:
    """The agents that people make, and what coaches say to them."""
    store = OwnAgentsRecord(given.database)
    own = OwnAgents(given.course.roster, store)
    return own, Reviews(own, store, PeopleRecord(given.database), rows.outbox)


def _playbook(
    given: _Given, rows: Rows, people: People, foundations: Foundations, assets: Assets, sources: OwnRecords
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
        clock=given.clock,
        wait=asyncio.sleep,
        lease=given.rhythm.lease,
    )
    runs = Runs(store=store, playbook=playbook, foundations=foundations, assets=assets, sources=sources, running=running)
    return runs, Resuming(store=store, playbook=playbook, people=people, running=running, outbox=rows.outbox, clock=given.clock)
