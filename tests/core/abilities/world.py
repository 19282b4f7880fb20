"""Everything that agents can do, on a record of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from core.abilities import commands
from core.abilities.pending import Pending
from core.abilities.proposals import Proposals
from core.abilities.toolbox import ABILITIES, Toolbox
from core.agents.own import OwnAgents
from core.agents.roster import read_roster
from core.assets.service import Assets
from core.catalog import Catalog
from core.chat.ports import Asker, Used
from core.cohort.service import Cohorts
from core.command import Problems, read
from core.commitments.service import Commitments
from core.contents import SHIPPED
from core.course.modules import Course
from core.course.service import Progress
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.kpis.comparisons import Comparisons
from core.kpis.impacts import Following
from core.kpis.metrics import Metrics
from core.kpis.service import Snapshots
from core.kpis.webhook import Webhooks
from core.llm.calls import ToolCall
from core.llm.model import Model
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import People
from core.playbook.prompts import Playbook
from core.playbook.running import Running
from core.playbook.service import Runs
from core.playbook.sources import OwnRecords
from core.request import Asked, Typed
from core.services import Services
from core.ui import Answer, Button, Buttons, Card
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.compared import ComparedRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.jobs import JobRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from persistence.webhooks import WebhookRecord
from tests.core.conftest import ADDRESS, AT, actor
from tests.core.playbook.world import Pen

ROSTER, CELLS, COURSE, PLAYBOOK = read_roster(SHIPPED / "agents"), Cells(SHIPPED), Course(SHIPPED), Playbook(SHIPPED)
METRICS = Metrics()
EVERY_TOOL = frozenset(ABILITIES)
PAINS = "customerAvatar.pains"


@dataclass(slots=True)
class Hands:
    """The services that abilities work with, and the toolbox."""

    foundations: Foundations
    progress: Progress
    assets: Assets
    snapshots: Snapshots
    comparisons: Comparisons
    runs: Runs
    proposals: Proposals
    pending: Pending
    services: Services
    toolbox: Toolbox

    async def use(self, person: Person, tool: str, *, message: str = "msg_1", **arguments: object) -> Used:
        """What comes of a call by an agent that has every tool."""
        return await self.toolbox.use(asker(person, message), EVERY_TOOL, ToolCall("toolu_1", tool, arguments))

    async def press(self, person: Person, card: Card, label: str, typed: Mapping[str, Typed] | None = None) -> Answer:
        """Press the card's button; with `typed`, send the form of the same command with this in it."""
        call = next(each for each in pressables(card) if each.label == label).call
        return await self.ask(person, call.command, {**call.values, **(typed or {})}, submitted=typed is not None)

    async def ask(self, person: Person, command: str, values: Mapping[str, Typed], *, submitted: bool = False) -> Answer:
        """What one of the commands of proposals answers."""
        found, _ = Catalog(commands.COMMANDS).find(command)
        args = read(found.args, values)
        assert not isinstance(args, Problems), args
        asked = Asked(id="ev", actor=actor(), address=ADDRESS, at=AT, command=command, values=values, submitted=submitted)
        answer: Answer = await self.services.call(found.handler, args, asked, person)
        return answer


def hands(database: Database, model: Model | None = None) -> Hands:
    """All of it over this record."""
    foundation, asset, drafts = FoundationRecord(database), AssetRecord(database), FormDraftRecord(database)
    foundations = Foundations(foundation, CELLS)
    progress = Progress(ProgressRecord(database), COURSE, asset, Share(foundation, foundations))
    assets = Assets(asset, (progress,))
    snapshots = Snapshots(SnapshotRecord(database), METRICS, People(PeopleRecord(database)), drafts)
    running = Running(
        store=ExecutionRecord(database),
        cells=CELLS,
        roster=ROSTER,
        model=model or Pen(),
        jobs=JobRecord(database),
        owner="one",
        clock=lambda: AT,
        wait=asyncio.sleep,
    )
    runs = Runs(
        store=ExecutionRecord(database),
        playbook=PLAYBOOK,
        foundations=foundations,
        assets=assets,
        sources=OwnRecords(assets, progress, snapshots),
        running=running,
    )
    proposals = Proposals(drafts)
    own = OwnAgents(ROSTER, OwnAgentsRecord(database))
    webhooks = Webhooks(WebhookRecord(database), People(PeopleRecord(database)), snapshots, b"0" * 32, None)
    commitments = CommitmentRecord(database)
    reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), commitments)
    promised = Commitments(commitments, reminders)
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    comparisons = Comparisons(ComparedRecord(database), snapshots, People(PeopleRecord(database)), cohorts)
    looking = (Following(snapshots, assets), comparisons)
    services = Services(foundations, COURSE, progress, assets, snapshots, runs, own, proposals, webhooks, promised, *looking)
    pending = Pending(promised, reminders, snapshots)
    return Hands(foundations, progress, assets, snapshots, comparisons, runs, proposals, pending, services, Toolbox(services))


def asker(person: Person, message: str = "msg_1") -> Asker:
    """Somebody whom Writer answers."""
    return Asker(person, AT, message, "agt_writer")


def pressables(card: Card) -> list[Button]:
    """The card's buttons."""
    rows = [each for each in card.body if isinstance(each, Buttons)]
    return [each for row in rows for each in row.items if isinstance(each, Button)]


def someone_else(person: Person) -> Person:
    """Another student of the same cohort."""
    return person.model_copy(update={"id": "per_maria", "user_id": "usr_maria", "name": "Maria"})
