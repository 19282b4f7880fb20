"""What serves people, built of the record, the course and Claude: every feature is given here what it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bots.boundary import Careful
from bots.door import door, home_of
from bots.measured import CameLately, Measured, Measuring, measured
from bots.paged import Paged, paged
from bots.reminding import Reminding, sources_of
from bots.rows import Rows, Task
from bots.sent_since import SentSince
from bots.surfaces import Surfaces
from bots.tended import Tending, tended
from bots.written import Written
from core.abilities.pending import Pending
from core.abilities.proposals import Proposals
from core.abilities.toolbox import Toolbox
from core.agents.own import OwnAgents
from core.agents.reviewing import Reviews
from core.app import App
from core.asked_later import AskedLater, LastAsked
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
from core.cohort.telling import Telling
from core.commitments.next_thing import NextThing
from core.commitments.service import Commitments
from core.community.wins import Wins
from core.course.service import Progress
from core.course.typed_ticks import TypedTicks
from core.exchanges.meant import Meant
from core.exchanges.while_asked import WhileAsked
from core.feedback.service import Feedbacks
from core.foundation.interview import Interview
from core.foundation.judging import Judging
from core.foundation.open_question import OpenQuestion
from core.foundation.ports import Around
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.foundation.sorting import Sorting
from core.help.hearing import HelpWords
from core.kpis.webhook import Webhooks
from core.llm.model import Model
from core.meanwhile import Meanwhile
from core.members.rolling import Touched
from core.noticing import notice
from core.nudges.below import Below, WeekAsked
from core.nudges.changing import TypedChanges
from core.nudges.figures_beside import FiguresBeside
from core.nudges.hearing import StopWords
from core.nudges.picking import TypedTimes
from core.nudges.placing import Placing
from core.nudges.service import Reminders
from core.nudges.settling import Settling
from core.nudges.typed_places import TypedPlaces
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
from core.reminding.hearing import RemindMe
from core.services import Services
from core.sharing.ports import ShownStore
from core.sharing.service import Sharing
from core.signals import Note
from core.usage.service import Budget
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.feedback import FeedbackRecord
from persistence.foundation import FoundationRecord
from persistence.invitations import InvitationRecord
from persistence.links import LinkRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from persistence.runs import ExecutionRecord
from persistence.shown import ShownRecord
from persistence.watched import Watched
from persistence.wins import WinRecord
from scheduler.kinds import Kinds
from scheduler.worker import Rhythm


@dataclass(frozen=True, slots=True)
class Given:
    """What the program is built of: `bots.wiring` gives it. `owner` names this process in leases; `alone`: no other process
    can have the same record.

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
class Product:
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


def product_of(given: Given, rows: Rows, surfaces: Surfaces) -> Product:
    """Every service, built in the order in which they need each other, and the door that leads to them."""
    touched, unseen = Touched(), given.database
    behind = Watched(unseen, touched.note)
    given = replace(given, database=Watched(behind, lambda _: notice()))
    course, database = given.course, given.database
    drafts, foundation_record, asset_record = FormDraftRecord(database), FoundationRecord(database), AssetRecord(database)
    reminders, commitments = _reminders(behind, database)
    people = People(PeopleRecord(database), reminders, InvitationRecord(database))
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    linking, privacy = Linking(LinkRecord(database), given.key), Privacy(PrivacyRecord(database), given.key, given.traces)
    foundations, question = Foundations(foundation_record, course.cells), OpenQuestion(foundation_record)
    own, reviews = _own_agents(given, rows)
    sorting, wins = Sorting(foundations, given.small, drafts), Wins(WinRecord(database), cohorts, people, rows.outbox)
    progress = Progress(ProgressRecord(database), course.modules, asset_record, Share(foundation_record, foundations), (wins,))
    assets = Assets(asset_record, (progress,), RunOrigins(ExecutionRecord(database), course.playbook, foundations), (wins,))
    parts_of = (drafts, assets, cohorts, given.key, given.public_url, course.exports, surfaces, given.model)
    figures = measured(Measuring(database, course.metrics, people, *parts_of))
    snapshots, webhooks, sent = figures.snapshots, figures.webhooks, SentSince(reminders, rows.outbox)
    known_by = sources_of(NudgeRecord(behind), progress, foundations, snapshots, assets, commitments, cohorts)
    pending, reminding = Pending(commitments, reminders, snapshots), Reminding(behind, known_by, course.reminders, given.holdout)
    runs, resuming = _playbook(given, rows, people, foundations, assets, OwnRecords(assets, progress, snapshots))
    able = (foundations, course.modules, progress, assets, runs, own, commitments, Proposals(drafts), *figures.services)
    context, tools = StudentContext(foundations, progress, snapshots, runs, pending), Toolbox(Services(*able))
    chat, remembering = _chat(given, rows, own, people, context, tools, surfaces)
    minding = (touched, rows.outbox, reminders, progress, commitments, drafts, surfaces, surfaces, rows.jobs, privacy)
    tending = Tending(behind, unseen, people, cohorts, reminding.learners, *minding)
    coaching = tended(tending, foundations, snapshots, assets, course.modules)
    around, judging = Around(own.calls, coaching.loose.goes_on_from, sent), Judging(given.small, course.cells)
    interview = Interview(foundations, foundation_record, rows.outbox, drafts, around, judging)
    home, shown = home_of(progress, cohorts, foundations, snapshots, assets, commitments, coaching), ShownRecord(behind)
    meanwhile = Meanwhile(own.calls, coaching.exchanges.lately, coaching.loose, practice=given.model.practice)
    below, agreeing = Below(reminders, rows.outbox, coaching.loose), figures.answering(meanwhile, reminders)
    came, agreed = CameLately(reminders, rows.outbox, coaching.exchanges, below), (reminders, commitments, below)
    asking, heard, sharing = (question, interview, sent), (figures, came, progress), Sharing(shown)
    by_words = (agreeing, *_by_words(given, reminding, agreed, people, meanwhile, asking, heard))
    meant = Meant(coaching.exchanges, people, coaching.loose, coaching.addressees, own.calls, home.suggested, (*by_words, chat))
    pages = paged(behind, people, rows.outbox, given.key, given.public_url)
    services = Services(
        *(*able, given.catalog, people, linking, privacy, sorting, interview, course.metrics, reviews),
        *(chat, home, sharing, Feedbacks(FeedbackRecord(database)), given.budget, reminders),
        *(*pages.services, reminding.foresight, course.reminders, wins, meant, *coaching.services),
    )
    before: tuple[Listener, ...] = (Joining(cohorts), Heeding(chat), *coaching.listeners)
    hearing = (Telling(cohorts, people, (*before, WhileAsked(meant, question, chat), *by_words, meant, chat)),)
    looking, correcting = (reminders, interview, agreeing), (chat, interview, coaching.rewording)
    app = door(given.catalog, services, people, home, hearing, looking, drafts=drafts, correcting=correcting, sharing=sharing)
    kinds = Kinds({RUN: resuming.resume, MEMORY: remembering.renew, CHANNEL_MEMBERS: coaching.arrivals.resume})
    parts = (app, people, linking, privacy, kinds, shown, sharing, webhooks, reminding, services, pages)
    return Product(*parts, coaching.ticks, coaching.arrivals)


def _chat(
    given: Given, rows: Rows, own: OwnAgents, people: People, context: StudentContext, tools: Toolbox, surfaces: Surfaces
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


def _by_words(
    given: Given,
    reminding: Reminding,
    agreed: tuple[Reminders, Commitments, Below],
    people: People,
    meanwhile: Meanwhile,
    asking: tuple[OpenQuestion, Interview, SentSince],
    heard: tuple[Measured, CameLately, Progress],
) -> tuple[Listener, ...]:
    """Who hears what is typed of commitments, the interview, commands, figures, reminders and checklists, in this order; what
    stands behind the interview stands before it as well where it asked later.
    """
    (question, interview, sent), (figures, came, progress) = asking, heard
    last = LastAsked(question, sent)
    reminders, commitments, below = agreed
    settling = Settling(reminders, commitments, meanwhile, question, interview, templates=given.course.reminders, below=below)
    promised = FiguresBeside(settling, figures.snapshots)
    following = NextThing(commitments, people.coaches, meanwhile, WeekAsked(reminders, below))
    placing = Placing(reminders, people)
    changes = TypedChanges(reminders, reminding.foresight, meanwhile)
    times = TypedTimes(reminders, reminding.foresight, meanwhile, placing)
    places = TypedPlaces(reminders, meanwhile, placing)
    ticks = TypedTicks(progress, last, meanwhile)
    remind = RemindMe(commitments, reminders, question, interview, meanwhile)
    typed: tuple[Listener, ...] = (*figures.hearing(meanwhile, last, came), following, changes, times, places, ticks)
    later = AskedLater(question, sent, typed)
    return promised, later, remind, interview, HelpWords(given.catalog), StopWords(reminders), *typed


def _own_agents(given: Given, rows: Rows) -> tuple[OwnAgents, Reviews]:
    """The agents that people make, and what coaches say to them."""
    store = OwnAgentsRecord(given.database)
    own = OwnAgents(given.course.roster, store)
    return own, Reviews(own, store, PeopleRecord(given.database), rows.outbox)


def _playbook(
    given: Given, rows: Rows, people: People, foundations: Foundations, assets: Assets, sources: OwnRecords
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
