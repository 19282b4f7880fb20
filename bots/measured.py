"""The services of the funnel's figures, built on the record: what wiring needs of them is here, so that wiring grows no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bots.sheets import OwnProcess
from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.exchanges.addressees import ANNOUNCED
from core.exchanges.service import Exchanges
from core.help.taken import are_figures
from core.kpis.agreeing import ReadBackAnswered
from core.kpis.comparisons import Comparisons
from core.kpis.corrections import Corrections
from core.kpis.hearing import FiguresAgain, FiguresStated
from core.kpis.impacts import Following
from core.kpis.imports.answering import TableAnswered
from core.kpis.imports.exports import Exports
from core.kpis.imports.hearing import FiguresSent
from core.kpis.imports.ports import Sent
from core.kpis.imports.service import Imports
from core.kpis.metrics import Metrics
from core.kpis.ports import AskedFor, Wrote
from core.kpis.service import Snapshots
from core.kpis.webhook import Webhooks
from core.llm.model import Model
from core.meanwhile import Meanwhile
from core.nudges.asset_rules import AFTER
from core.nudges.below import Below
from core.nudges.model import Kind, Nudge
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import People
from core.ports import FormDrafts, Question
from core.request import Asked, Said, as_command
from core.ui import Answer
from persistence.commitments import CommitmentRecord
from persistence.compared import ComparedRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.snapshots import SnapshotRecord
from persistence.webhooks import WebhookRecord

FOR_FIGURES = frozenset({Kind.KPI_DUE, Kind.NOT_MEASURED})
"""The reminders that ask for figures."""


@dataclass(frozen=True, slots=True)
class AskedLately:
    """Implements `core.kpis.ports.AskedLately`."""

    reminders: Reminders

    async def __call__(self, person: Person, since: datetime) -> AskedFor | None:
        """The latest reminder after that time that asked for the figures of a period; None where none did."""
        return _for_figures(await self.reminders.came(person, since))


@dataclass(frozen=True, slots=True)
class CameLately:
    """Implements `core.kpis.ports.CameLately`."""

    reminders: Reminders
    outbox: OutboxRecord
    exchanges: Exchanges
    below: Below

    async def reminded(self, person: Person, since: datetime) -> tuple[datetime, bool] | None:
        """When the latest reminder after that time went to them, and whether it asked for their figures; None where none did."""
        latest = next(iter(await self.reminders.came(person, since)), None)
        return (latest.created_at, latest.kind in FOR_FIGURES) if latest else None

    async def asked_for(self, said: Said, person: Person, since: datetime) -> AskedFor | None:
        """The reminder that these words reply to, else the latest after that time, that asked for the figures of a period; None
        where none did.
        """
        below = await self.below.reminder(said, person)
        found = _for_figures([below] if below else await self.reminders.came(person, since))
        if found is None or below is None:
            return found
        return replace(found, replied=not await self.below.talk(said, person, found.at))

    async def letters(self, person: Person, since: datetime) -> Sequence[Wrote]:
        """What went between them and people after that time, oldest first in each exchange."""
        lines = [line for each in await self.exchanges.lately(person, since) for line in each.lines if line.at > since]
        return [Wrote(each.words, each.at, own=each.by_person_id == person.id) for each in lines]

    async def wrote_to_all(self, person: Person, since: datetime) -> bool:
        """Whether the latest that went to them after that time was a letter to everybody, which a coach wrote."""
        latest = await self.outbox.latest(person, since)
        return latest is not None and latest[0].startswith(ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Answering:
    """Implements `core.ports.Listener` and `core.ports.Onlooker` for answers to figures that were read back, typed or sent."""

    typed: ReadBackAnswered
    tables: TableAnswered

    async def hear(self, said: Said, person: Person) -> Answer:
        """What the one answers that was read back last; None where the words are for somebody else."""
        answer = await self.typed.hear(said, person)
        if answer is None:
            return await self.tables.hear(said, person)
        await self.tables.passed_by(as_command(said, "kpi log"), person)
        return answer

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """They turned to something else."""
        await self.typed.passed_by(asked, person)
        await self.tables.passed_by(asked, person)


@dataclass(frozen=True, slots=True)
class Measuring:
    """What is told where the figures are kept: the addresses of students are made with `key`, and stand under `public_url`.
    Files are got by `sent`, and pictures are looked at by `model`.
    """

    database: Database
    metrics: Metrics
    people: People
    drafts: FormDrafts
    assets: Assets
    cohorts: Cohorts
    key: bytes
    public_url: str | None
    exports: Exports
    sent: Sent
    model: Model


@dataclass(frozen=True, slots=True)
class Measured:
    """The services of figures."""

    snapshots: Snapshots
    webhooks: Webhooks
    following: Following
    comparisons: Comparisons
    corrections: Corrections
    imports: Imports

    @property
    def services(self) -> tuple[object, ...]:
        """All of them, for the handlers of commands to ask for."""
        return (self.snapshots, self.webhooks, self.following, self.comparisons, self.corrections, self.imports)

    def answering(self, meanwhile: Meanwhile, reminders: Reminders) -> Answering:
        """What hears a yes or a no to figures that were read back last, before a question that was asked earlier."""
        typed = ReadBackAnswered(self.snapshots, meanwhile, reminders.came)
        return Answering(typed, TableAnswered(self.imports, self.snapshots, meanwhile, reminders.came))

    def hearing(
        self, meanwhile: Meanwhile, question: Question, came: CameLately
    ) -> tuple[FiguresSent, FiguresAgain, FiguresStated]:
        """What hears figures in direct messages; words that may be for people or agents are left to them."""
        tells = partial(are_figures, metrics=self.snapshots.metrics)
        stated = FiguresStated(self.snapshots, meanwhile, question, came, tells)
        return (FiguresSent(self.imports, meanwhile.calls), FiguresAgain(self.snapshots, meanwhile), stated)


def _for_figures(came: Sequence[Nudge]) -> AskedFor | None:
    """The first of these reminders that asked for the figures of a period."""
    found = next((each for each in came if each.kind is Kind.KPI_DUE and each.about), None)
    return AskedFor(found.created_at, found.about.removeprefix(AFTER)) if found and found.about else None


def measured(given: Measuring) -> Measured:
    """The services on this record."""
    database = given.database
    store, commitments = SnapshotRecord(database), CommitmentRecord(database)
    asked = AskedLately(Reminders(NudgePreferencesRecord(database), NudgeRecord(database), commitments))
    snapshots = Snapshots(store, given.metrics, given.people, given.drafts, asked)
    webhooks = Webhooks(WebhookRecord(database), given.people, snapshots, given.key, given.public_url)
    comparisons = Comparisons(ComparedRecord(database), snapshots, given.people, given.cohorts)
    imports = Imports(snapshots, given.exports, given.drafts, OwnProcess(), given.sent, given.model)
    return Measured(snapshots, webhooks, Following(snapshots, given.assets), comparisons, Corrections(store), imports)
