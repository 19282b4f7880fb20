"""Which model the documents of a collection have: a real MongoDB refuses what does not fit it (`persistence.validators`)."""

from __future__ import annotations

from collections.abc import Mapping

from core.agents.model import KeptAgent
from core.assets.model import Asset
from core.board.model import Firsts, Tally
from core.chat.model import Conversation, Message, Participant
from core.cohort.model import Cohort
from core.commitments.model import Commitment
from core.community.model import Announcement, Win
from core.course.model import CourseModule, ModuleProgress
from core.exchanges.model import Exchange
from core.foundation.history import FoundationChange
from core.foundation.model import Foundation
from core.home.dashboard_model import DashboardLink, DashboardSession
from core.inbox import Arrival
from core.installations import OAuthState, SlackInstallation
from core.jobs import Job
from core.kpis.history import SnapshotChange
from core.kpis.model import Snapshot
from core.kpis.webhook_model import Delivery, Webhook
from core.locks import Lock
from core.members.model import Member
from core.nudges.model import Nudge, NudgePreferences
from core.openness.model import Look
from core.outbox import Letter
from core.pairs.model import Pair, PairRequest
from core.people.invitation import Invitation
from core.people.link_model import Link, LinkCode, LinkTries
from core.people.model import Organization, Person, User
from core.playbook.model import Execution, PublishedPrompt
from core.privacy.model import Tombstone
from core.reach import Reach
from core.sharing.model import Shown
from core.usage.model import DayOfUsage, MonthOfUsage
from persistence.drafts import FormDraft
from persistence.keys import Secret
from persistence.migrations.runner import Applied

MODELS: Mapping[str, object] = {
    "playbookPrompts": PublishedPrompt,
    "courseModules": CourseModule,
    "users": User,
    "persons": Person,
    "organizations": Organization,
    "userFoundations": Foundation,
    "userPromptExecutions": Execution,
    "userGeneratedAssets": Asset,
    "userModuleProgress": ModuleProgress,
    "userFunnelSnapshots": Snapshot,
    "agents": KeptAgent,
    "conversations": Conversation,
    "conversationParticipants": Participant,
    "conversationMessages": Message,
    "foundationHistory": FoundationChange,
    "snapshotHistory": SnapshotChange,
    "inbox": Arrival,
    "jobs": Job,
    "outbox": Letter,
    "locks": Lock,
    "migrations": Applied,
    "firsts": Firsts,
    "formDrafts": FormDraft,
    "shown": Shown,
    "keys": Secret,
    "links": Link,
    "linkCodes": LinkCode,
    "linkTries": LinkTries,
    "tallies": Tally,
    "tombstones": Tombstone,
    "announcements": Announcement,
    "commitments": Commitment,
    "cohorts": Cohort,
    "exchanges": Exchange,
    "looks": Look,
    "members": Member,
    "invitations": Invitation,
    "pairRequests": PairRequest,
    "pairs": Pair,
    "nudges": Nudge,
    "nudgePreferences": NudgePreferences,
    "reaches": Reach,
    "slackInstallations": SlackInstallation,
    "slackStates": OAuthState,
    "usage": DayOfUsage,
    "usageMonths": MonthOfUsage,
    "dashboardLinks": DashboardLink,
    "dashboardSessions": DashboardSession,
    "deliveries": Delivery,
    "webhooks": Webhook,
    "wins": Win,
}
