"""All the methods of all the stores, and arguments for each: every id and every object is the victim's own."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import persistence
from core.agents.model import SystemAgent, UserAgent
from core.assets.model import Asset, AssetStatus
from core.board.actions import Action, Deed
from core.chat.model import Conversation, Memory, ParticipantMessage, SystemMessage, Told, UserParticipant
from core.cohort.model import Cohort, WeeklyQuestion
from core.commitments.model import Commitment
from core.community.model import Announcement, Win
from core.course.steps import Step
from core.exchanges.model import Exchange
from core.feedback.model import Rating
from core.foundation.history import Edit, FoundationChange, Mark
from core.foundation.model import Foundation, OpenInterview
from core.home.dashboard_model import DashboardLink, DashboardSession
from core.ids import new_id
from core.inbox import Arrival, new_arrival
from core.installations import OAuthState, SlackInstallation
from core.jobs import new_job
from core.kpis.history import SnapshotChange, Source
from core.kpis.model import Snapshot
from core.kpis.webhook_model import Delivery, Webhook
from core.llm.model import Payer, Usage, Use
from core.llm.ports import Reserved, Spent
from core.locks import Lock
from core.members.model import Member
from core.nudges.model import Nudge, NudgePreferences, Outcome
from core.openness.model import Look
from core.outbox import new_letter
from core.pairs.model import Pair, PairRequest
from core.people.invitation import Invitation
from core.people.link_model import Link, LinkCode, LinkTries
from core.people.model import Organization, Person, User
from core.playbook.model import Execution, Order, Status
from core.privacy.model import Erasing, Tombstone
from core.reach import Reach
from core.request import Actor, Address, Opened, Platform
from core.sharing.model import Shown
from core.ui import Message
from persistence.documents import Database, Document
from tests.students import APRIL, HOUR, NOON

BY_ACCOUNT = {"ShownRecord": "what was shown to a platform account; the surface vouches for it, as it does for the person"}
"""Stores that are asked by `identity` in place of a person."""
LEASE = timedelta(seconds=60)
FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Method:
    """A public method of a store."""

    store: type[Any]
    name: str
    call: Callable[..., Any]

    @property
    def full_name(self) -> str:
        """The store's class and the method."""
        return f"{self.store.__name__}.{self.name}"

    @property
    def parameters(self) -> Mapping[str, str]:
        """What it takes, with the types as they are written."""
        return _parameters(self.call)


@cache
def _parameters(call: Callable[..., Any]) -> Mapping[str, str]:
    taken = inspect.signature(call).parameters
    return {name: str(each.annotation) for name, each in taken.items() if name != "self"}


def stores() -> Iterator[type[Any]]:
    """Every class of the record that is built on a database, and is none itself."""
    for module in pkgutil.walk_packages(persistence.__path__, "persistence."):
        found = importlib.import_module(module.name)
        for each in vars(found).values():
            if inspect.isclass(each) and each.__module__ == module.name and _takes_a_database(each):
                yield each


def _takes_a_database(store: type[Any]) -> bool:
    if not inspect.isfunction(store.__init__) or hasattr(store, "collection"):
        return False
    there = inspect.getmodule(store.__init__)
    taken = {str(each.annotation) for each in inspect.signature(store.__init__).parameters.values()}
    return "Database" in taken and getattr(there, "Database", None) is Database


def methods(store: type[Any]) -> Iterator[Method]:
    """Its public methods, inherited ones too."""
    for name, call in inspect.getmembers(store, inspect.isfunction):
        if not name.startswith("_"):
            yield Method(store, name, call)


class NotKnown(AssertionError):
    """A store has a method with a parameter that nobody said a value for."""


class Guesses:
    """Values for parameters by name, or by method and name where a name means several things."""

    def __init__(self, victim: Person, found: Mapping[str, Mapping[str, Document]]) -> None:
        """`found` is the whole record."""
        self._victim = victim
        self._found = found
        self._values: Mapping[str, Callable[[], object]] = {**self._plain(), **self._objects(), **self._machinery()}

    def arguments(self, method: Method, person: Person) -> dict[str, object]:
        """The arguments for the method: `person` asks for what is the victim's."""
        return {name: self._one(method, name, kind, person) for name, kind in method.parameters.items()}

    def _one(self, method: Method, name: str, kind: str, person: Person) -> object:
        if (name, kind) == ("person", "Person"):
            return person
        if name == "identity" and method.store.__name__ in BY_ACCOUNT:
            return person.identities[0]
        for key in (f"{method.full_name}.{name}", f"{method.store.__name__}.{name}", name):
            if key in self._values:
                return self._values[key]()
        raise NotKnown(
            f"{method.full_name} takes {name}, and nobody said what to try: add it to Guesses in {__name__}, with a value of the "
            "victim's."
        )

    def _mine(self, name: str) -> Document:
        """A document of the victim's; of conversations, the one in which they are alone."""
        if name.startswith("conversation"):
            return self._alone(name)
        whose = (self._victim.user_id, self._victim.id)
        ties = ("userId", "personId", "createdBy", "fromUserId", "_id", "identity")
        owned = (
            each
            for each in self._found[name].values()
            if any(each.get(tie) in (*whose, *self._victim.identities) for tie in ties)
        )
        return next(owned)

    def _alone(self, name: str) -> Document:
        alone = {key for key, each in self._found["conversations"].items() if each["memberUserIds"] == [self._victim.user_id]}
        return next(each for each in self._found[name].values() if each.get("conversationId", each["_id"]) in alone)

    def _id(self, name: str) -> str:
        return str(self._mine(name)["_id"])

    def _plain(self) -> dict[str, Callable[[], object]]:
        return {
            "about": dict,
            "codes": lambda: [str(self._mine("userPromptExecutions")["promptCode"])],
            "ExecutionRecord.order": lambda: Order.NEWEST,
            "ExecutionRecord.until": lambda: 10,
            "agent_id": lambda: "agt_teacher",
            "cohorts": lambda: [None],
            "answers": lambda: {"who": FORGED},
            "asset_id": lambda: self._id("userGeneratedAssets"),
            "at": lambda: NOON + HOUR,
            "change": lambda: {"name": FORGED},
            "change_id": lambda: self._id("foundationHistory"),
            "snapshot_id": lambda: self._id("userFunnelSnapshots"),
            "SnapshotRecord.change_id": lambda: self._id("snapshotHistory"),
            "SnapshotRecord.source": lambda: Source.LOGGED,
            "code_id": lambda: self._id("linkCodes"),
            "command": lambda: "x",
            "content": lambda: FORGED,
            "cost_micros": lambda: 5,
            "conversation_id": lambda: self._id("conversations"),
            "enterprise_id": lambda: "E1",
            "error": lambda: FORGED,
            "event": lambda: self._mine("conversationMessages")["externalMessageId"],
            "event_id": lambda: "event",
            "execution_id": lambda: f"userPromptExecutions-{self._victim.id}",
            "fields": lambda: ["sell_ConversionRate"],
            "identity": lambda: self._victim.identities[0],
            "into": lambda: self._victim.user_id,
            "item": lambda: 1,
            "limit": lambda: 100,
            "message_id": lambda: self._id("conversationMessages"),
            "model": lambda: "claude",
            "module_id": lambda: "mod_1",
            "name": lambda: FORGED,
            "out_of": lambda: list(AssetStatus),
            "participant_id": lambda: self._id("conversationParticipants"),
            "person_id": lambda: self._victim.id,
            "posted": lambda: self._mine("outbox")["outcome"],
            "platform": lambda: self._victim.identities[0].split(":")[0],
            "reference": lambda: self._victim.identities[0],
            "response": lambda: FORGED,
            "sent": dict,
            "since": lambda: NOON,
            "shown_id": lambda: self._id("shown"),
            "snapshot_date": lambda: APRIL,
            "state_id": lambda: "state_1",
            "step": lambda: Step.HOOK,
            "subject_id": lambda: self._id("userPromptExecutions"),
            "team_id": lambda: "T1",
            "covers": lambda: 5,
            "memory": lambda: Memory(covers=5, summed=5, version=1, text=FORGED),
            "text": lambda: FORGED,
            "told": lambda: Told(user_id=self._victim.user_id, covers=5, text=FORGED),
            "whole": lambda: True,
            "time_period": lambda: "Month of April",
            "timezone": lambda: "Europe/Berlin",
            "tokens": lambda: (1, 1),
            "tombstone_id": lambda: "tmb_1",
            "user_id": lambda: self._victim.user_id,
            "values": lambda: {"a": FORGED},
            "version": lambda: 0,
            "withdrawn": lambda: False,
            "word": lambda: "jar",
            "workspace": lambda: self._victim.identities[0].split(":")[1],
            "OwnAgentsRecord.agent_id": lambda: self._id("agents"),
            "OwnAgentsRecord.change.seen": lambda: 1,
            "OwnAgentsRecord.named.name_key": lambda: self._mine("agents")["nameKey"],
            "OwnAgentsRecord.judge.agent_id": lambda: self._id("agents"),
            "OwnAgentsRecord.judge.version": lambda: 1,
            "OwnAgentsRecord.judge.out_of": lambda: ["asked"],
            "OwnAgentsRecord.judge.to": lambda: "private",
            "AgentsMerge.other": lambda: self._victim.user_id,
            "UsageRecord.day": lambda: "2026-04-08",
            "UsageRecord.limit": lambda: 100,
            "UsageRecord.month": lambda: "2026-04",
            "UsageRecord.since": lambda: "2026-04-01",
            "UsageRecord.until": lambda: "2026-04-30",
            "UsageRecord.hold_day.until": lambda: NOON + HOUR,
            "UsageRecord.hold_month.until": lambda: NOON + HOUR,
            "AssetRecord.move.to": lambda: AssetStatus.ARCHIVED,
            "AssetRecord.rewrite.seen": lambda: NOON,
            "ConversationsRecord.set_status.status": lambda: "thinking",
            "ExecutionRecord.finish.execution_id": lambda: f"pending-{self._victim.id}",
            "ExecutionRecord.note_progress.execution_id": lambda: f"pending-{self._victim.id}",
            "ExecutionRecord.finish.status": lambda: Status.SUCCESS,
            "NudgeRecord.nudge_id": lambda: self._id("nudges"),
            "NudgeRecord.outcome": lambda: Outcome.ACTED,
            "NudgeRecord.since.at": lambda: NOON,
            "LinkRecord.count_try.seen": lambda: LinkTries.of(self._found["linkTries"][self._victim.id]),
            "LinkRecord.shared.other": lambda: self._victim,
            "ProgressMerge.other": lambda: self._victim.user_id,
            "SnapshotMerge.other": lambda: self._victim.user_id,
        }

    def _objects(self) -> dict[str, Callable[[], object]]:
        return {
            "address": self._address,
            "agent": lambda: UserAgent.of({**self._mine("agents"), "baseInstructions": FORGED}),
            "asset": lambda: Asset.of({**self._mine("userGeneratedAssets"), "content": FORGED}),
            "cohort": lambda: Cohort(id=f"coh_{FORGED}", organization_id="org_x", name=FORGED, code=FORGED, created_at=NOON),
            "cohort_id": lambda: f"coh_{self._victim.organization_id}",
            "CohortRecord.change.change": lambda: {"name": FORGED},
            "claimed": self._wishes,
            "BoardRecord.sharers.cohort": lambda: Cohort.of(self._found["cohorts"][f"coh_{self._victim.organization_id}"]),
            "deeds": lambda: [Deed(Action.ITEM, FORGED, NOON)],
            "known": lambda: True,
            "weeks": lambda: {"2026-04-06": (9, 9, 9, 9, 9)},
            "BoardRecord.seen": lambda: Cohort.of(self._found["cohorts"][f"coh_{self._victim.organization_id}"]),
            "QuestionRecord.seen": lambda: Cohort.of(self._found["cohorts"][f"coh_{self._victim.organization_id}"]),
            "question": lambda: WeeklyQuestion(day=1, hour=9, zone="UTC", platform=Platform.SLACK, workspace=FORGED),
            "next_at": lambda: NOON + HOUR,
            "win": lambda: Win.of({**self._mine("wins"), "words": FORGED}),
            "win_id": lambda: self._id("wins"),
            "announcement": lambda: Announcement.of({**self._mine("announcements"), "words": FORGED}),
            "announcement_id": lambda: self._id("announcements"),
            "AnnouncementRecord.under_way.soon": lambda: NOON + 90 * 24 * HOUR,
            "AnnouncementRecord.under_way.since": lambda: NOON - 90 * 24 * HOUR,
            "AnnouncementRecord.replace.seen": lambda: Announcement.of(self._mine("announcements")),
            "exchange": lambda: Exchange.of({**self._mine("exchanges"), "name": FORGED}),
            "exchange_id": lambda: self._id("exchanges"),
            "ExchangeRecord.replace.seen": lambda: Exchange.of(self._mine("exchanges")),
            "look": lambda: Look.of({**self._mine("looks"), "_id": f"lok_{FORGED}"}),
            "member": lambda: Member.of({**self._mine("members"), "name": FORGED}),
            "before": lambda: NOON + HOUR,
            "invitation": lambda: Invitation.of({**self._mine("invitations"), "name": FORGED}),
            "pair": self._pair,
            "PairRecord.add.pair": lambda: self._pair().model_copy(update={"id": new_id("pai"), "members": ("per_x",)}),
            "PairRecord.request": lambda: PairRequest.of(self._mine("pairRequests")),
            "look_at": lambda: NOON + HOUR,
            "commitment": lambda: Commitment.of({**self._mine("commitments"), "what": FORGED}),
            "commitment_id": lambda: self._id("commitments"),
            "CommitmentRecord.change.change": lambda: {"what": FORGED},
            "first": self._wishes,
            "NudgePreferencesRecord.change.change": lambda: {"hour": 12, "next_check_at": None},
            "NudgePreferencesRecord.seen": self._wishes,
            "cell_key": lambda: "companyContext.coreOffers",
            "code": lambda: LinkCode.of(self._mine("linkCodes")),
            "conversation": lambda: Conversation.of({**self._mine("conversations"), "title": FORGED}),
            "edit": self._edit,
            "execution": lambda: Execution.of({**self._mine("userPromptExecutions"), "aiResponse": FORGED}),
            "installation": lambda: SlackInstallation(id="ins_1", team_id="T1", bot_token=FORGED, installed_at=NOON),
            "interview": lambda: OpenInterview(cell="companyContext.coreOffers", place=FORGED),
            "link": lambda: Link(id="lnk_1", from_user_id="usr_x", into_user_id="usr_y", asked_by="per_x", asked_at=NOON),
            "nudge": lambda: Nudge.of({**self._mine("nudges"), "reason": FORGED}),
            "organization": lambda: Organization.of(self._found["organizations"][self._victim.organization_id]),
            "participant": lambda: UserParticipant.of({**self._mine("conversationParticipants"), "name": FORGED}),
            "people": lambda: [self._victim],
            "DashboardRecord.link": lambda: DashboardLink.of(self._mine("dashboardLinks")),
            "DashboardRecord.give.link": lambda: DashboardLink.of(
                {**self._mine("dashboardLinks"), "_id": new_id("dln"), "identity": FORGED}
            ),
            "link_id": lambda: self._id("dashboardLinks"),
            "session": lambda: DashboardSession.of(self._mine("dashboardSessions")),
            "DashboardRecord.open.session": lambda: DashboardSession.of(
                {**self._mine("dashboardSessions"), "_id": new_id("dss"), "identity": FORGED}
            ),
            "session_id": lambda: self._id("dashboardSessions"),
            "expires_at": lambda: NOON + HOUR,
            "delivery": lambda: Delivery.of({**self._mine("deliveries"), "digest": FORGED}),
            "delivery_id": lambda: self._id("deliveries"),
            "fresh": lambda: Webhook.of({**self._mine("webhooks"), "lastProblems": [FORGED]}),
            "problems": lambda: (FORGED,),
            "webhook_id": lambda: self._id("webhooks"),
            "answer": lambda: FORGED,
            "WebhookRecord.end.status": lambda: 422,
            "WebhookRecord.note.status": lambda: 422,
            "held": lambda: Reserved("hld_1", 10, "2026-04-08", "2026-04"),
            "payer": lambda: Payer(self._victim, Use.CHAT, "agt_teacher", "Teacher"),
            "spent": lambda: Spent(Usage(read=1, written=2), 3),
            "rating": lambda: Rating(helped=True, reason=FORGED, at=NOON),
            "reach": lambda: Reach.of({**self._mine("reaches"), "workspace": FORGED}),
            "reach_id": lambda: self._id("reaches"),
            "direct": lambda: FORGED,
            "homes": lambda: (FORGED,),
            "asides": lambda: {FORGED: FORGED},
            "shown": lambda: Shown.of({**self._mine("shown"), "parcel": FORGED}),
            "state": lambda: OAuthState(id="state_1", expires_at=NOON + HOUR),
            "snapshot": lambda: Snapshot.of({**self._mine("userFunnelSnapshots"), "notes": FORGED}),
            "SnapshotRecord.seen": lambda: Snapshot.of(self._mine("userFunnelSnapshots")),
            "SnapshotRecord.after": lambda: Snapshot.of({**self._mine("userFunnelSnapshots"), "notes": FORGED}),
            "SnapshotRecord.save.change": lambda: SnapshotChange.of(
                {**self._mine("snapshotHistory"), "_id": "sch_forged", "notesAfter": FORGED}
            ),
            "tombstone": lambda: Tombstone(id="tmb_1", erased_at=NOON),
            "user": lambda: User.of(self._found["users"][self._victim.user_id]),
            "work": lambda: Erasing(users=("usr_x",), persons=("per_x",), organizations=("org_x",), identities=("x",)),
            "ConversationsRecord.note.message": self._note,
            "ConversationsRecord.say.message": lambda: ParticipantMessage.of(
                {**self._mine("conversationMessages"), "content": FORGED}
            ),
            "agents": lambda: [
                SystemAgent(
                    id="agt_sage",
                    name="Sage",
                    description="",
                    personality="",
                    avatar_url="",
                    system_role="Sage",
                    base_instructions="",
                )
            ],
            "role": lambda: "Sage",
            "modules": list,
            "prompts": list,
        }

    def _machinery(self) -> dict[str, Callable[[], object]]:
        return {
            "again_at": lambda: NOON + HOUR,
            "arrival": self._arrival,
            "arrivals": lambda: (self._arrival(),),
            "InboxRecord.answered.shown": lambda: FORGED,
            "InboxRecord.to_be_shared.shown": lambda: FORGED,
            "claimed_by": lambda: None,
            "claimed_until": lambda: NOON,
            "changes": lambda: {"hour": 13},
            "next_check_at": lambda: NOON + HOUR,
            "InboxRecord.ask_to_stop.place": lambda: None,
            "job": lambda: new_job("kind", {}, organization_id=self._victim.organization_id, at=NOON, key="k"),
            "key": lambda: "k",
            "lease": lambda: LEASE,
            "letter": lambda: new_letter("k", self._address(), Message("x"), organization_id="org_x", at=NOON),
            "lock": lambda: Lock(id="x", owner="me", token=1, until=NOON),
            "organization_id": lambda: self._victim.organization_id,
            "outcome": lambda: None,
            "owner": lambda: "me",
            "request": self._request,
            "row": self._arrival,
            "row_id": lambda: "x",
            "until": lambda: NOON + HOUR,
            "done_until": lambda: NOON,
        }

    def _address(self) -> Address:
        kept = self._mine("conversations")
        return Address(
            Platform(str(kept["platform"])), str(kept["workspaceOrGuildId"]), str(kept["channelId"]), str(kept["threadId"])
        )

    def _pair(self) -> Pair:
        return next(pair for pair in map(Pair.of, self._found["pairs"].values()) if self._victim.id in pair.members)

    def _wishes(self) -> NudgePreferences:
        return NudgePreferences.of({**self._mine("nudgePreferences"), "hour": 12})

    def _edit(self) -> Edit:
        kept = Foundation.of(self._mine("userFoundations"))
        change = FoundationChange.of(
            {**self._mine("foundationHistory"), "_id": "chg_forged", "after": FORGED, "personId": "per_x"}
        )
        mark = Mark(version=kept.version + 1, at=NOON, person_id="per_x")
        return Edit(kept.version, (change,), {"companyContext-coreOffers": mark})

    def _note(self) -> SystemMessage:
        said = self._mine("conversationMessages")
        fields = ("_id", "conversationId", "organizationId", "createdAt", "number", "userId")
        return SystemMessage.of({**{name: said[name] for name in fields}, "content": FORGED})

    def _request(self) -> Opened:
        platform, workspace, user = self._victim.identities[0].split(":")
        return Opened(id="event", actor=Actor(Platform(platform), workspace, user, "x"), address=self._address(), at=NOON)

    def _arrival(self) -> Arrival:
        return new_arrival(self._request(), NOON)
