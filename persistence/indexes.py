"""The table of collections and their indexes: the one place that says what is quick to find and what may exist only once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.errors import OutsideTheLanguage

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class OnlyText:
    """A partial index's condition: the field holds text. Missing and None stay outside the index, as often as they like."""


@dataclass(frozen=True, slots=True)
class Index:
    """One index of one collection, over fields of the top level.

    `keys` are fields with 1 (ascending) or -1 (descending). `where` makes the index partial: each field equals a text, or is
    any text at all (`OnlyText`). `ttl_seconds` makes a document leave that long after the time in the only key.
    `each` says that the only key holds a list, and that each of its elements is found, and is unique, by itself.
    """

    name: str
    keys: tuple[tuple[str, int], ...]
    unique: bool = False
    where: Mapping[str, str | OnlyText] = field(default_factory=lambda: MappingProxyType({}))
    ttl_seconds: int | None = None
    each: bool = False

    def __post_init__(self) -> None:
        """Refuse what one of the two databases could not do."""
        alone = len(self.keys) == 1
        if any("." in name for name, _ in self.keys) or (not alone and (self.each or self.ttl_seconds is not None)):
            raise OutsideTheLanguage(f"The index {self.name} is not one that both databases can keep.")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the key, without their directions."""
        return tuple(name for name, _ in self.keys)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the indexes of a collection say about its fields: one value, a list of values, or part of a unique key."""

    scalars: frozenset[str]
    lists: frozenset[str]
    unique: frozenset[str]


def shape_of(indexes: tuple[Index, ...]) -> Shape:
    """The shape that these indexes, all of one collection, ask of its documents."""
    return Shape(
        scalars=frozenset(name for each in indexes if not each.each for name in (*each.fields, *each.where)) | {"_id"},
        lists=frozenset(name for each in indexes if each.each for name in each.fields),
        unique=frozenset(name for each in indexes if each.unique for name in (*each.fields, *each.where)) | {"_id"},
    )


def _by(
    name: str,
    *keys: str,
    unique: bool = False,
    where: Mapping[str, str | OnlyText] | None = None,
    ttl_seconds: int | None = None,
    each: bool = False,
) -> Index:
    """An index in short: `-field` runs downwards."""
    pairs = tuple((key.removeprefix("-"), -1 if key.startswith("-") else 1) for key in keys)
    return Index(name, pairs, unique, MappingProxyType(dict(where or {})), ttl_seconds, each)


INDEXES: Mapping[str, tuple[Index, ...]] = MappingProxyType(
    {
        # The schema's collections.
        "playbookPrompts": (_by("by_step", "step"), _by("by_code", "promptCode", unique=True)),
        "courseModules": (_by("by_moduleNumber", "moduleNumber", unique=True),),
        "users": (_by("by_email", "email"),),
        "persons": (
            _by("by_identity", "identities", unique=True, where={"identities": OnlyText()}, each=True),
            _by("by_userId", "userId"),
            _by("by_email", "email"),
            _by("by_organization", "organizationId"),
            _by("by_role", "role"),
            _by("by_board", "boards", each=True),
        ),
        "organizations": (
            _by("by_workspace", "platform", "workspace", unique=True),
            _by("by_owner", "ownerId"),
        ),
        "agents": (
            _by("by_creator", "createdBy", "kind"),
            _by("by_name", "nameKey", unique=True, where={"nameKey": OnlyText()}),
            _by("by_shared", "sharedKey", unique=True, where={"sharedKey": OnlyText()}),
            _by("by_sharing", "organizationId", "sharing"),
            _by("by_systemRole", "systemRole", "kind", unique=True, where={"kind": "system_agent"}),
        ),
        "userFoundations": (_by("by_userId", "userId", unique=True),),
        "userPromptExecutions": (
            _by("by_user_step", "userId", "elevateStep"),
            _by("by_user_time", "userId", "-aiRequestTimestamp"),
            _by("by_user_code", "userId", "promptCode"),
        ),
        "userGeneratedAssets": (
            _by("by_user_step", "userId", "elevateStep"),
            _by("by_user_status", "userId", "status", "-createdAt"),
            _by("by_execution", "promptExecutionId"),
        ),
        "userModuleProgress": (_by("by_user_module", "userId", "moduleId", unique=True),),
        "userFunnelSnapshots": (
            _by("by_user_date", "userId", "-snapshotDate"),
            _by("by_user_period", "userId", "snapshotDate", "timePeriod", unique=True),
        ),
        "conversations": (
            _by("by_address", "platform", "workspaceOrGuildId", "channelId", "threadId", unique=True),
            _by("by_creator", "createdBy"),
            _by("by_member", "memberUserIds", each=True),
        ),
        "conversationParticipants": (_by("by_conversationId", "conversationId"), _by("by_userId", "userId")),
        "conversationMessages": (
            _by("by_conversation", "conversationId", "_id"),
            _by("by_userId", "userId"),
            _by(
                "by_external",
                "externalMessageId",  # first: SecantusDB 0.7 loses what it looks for by a partial index's later field
                "platform",
                unique=True,
                where={"externalMessageId": OnlyText()},
            ),
        ),
        # Ours.
        "commitments": (_by("by_person", "personId"), _by("by_userId", "userId"), _by("by_dueAt", "dueAt", "_id")),
        "dashboardLinks": (
            _by("by_person_time", "personId", "-createdAt"),
            _by("by_expiresAt", "expiresAt", ttl_seconds=24 * HOUR),
        ),
        "dashboardSessions": (_by("by_person", "personId"), _by("by_expiresAt", "expiresAt", ttl_seconds=HOUR)),
        "deliveries": (_by("by_person", "personId"), _by("by_at", "at", ttl_seconds=7 * DAY)),
        "formDrafts": (
            _by("by_person_command", "personId", "command", "about", unique=True),
            _by("by_savedAt", "savedAt", ttl_seconds=30 * DAY),
        ),
        "firsts": (),
        "foundationHistory": (_by("by_user_time", "userId", "-at"), _by("by_user_version", "userId", "version")),
        "inbox": (
            _by("by_due", "dueAt", "_id"),
            _by("by_surface_due", "surface", "dueAt", "_id"),
            _by("by_state", "state", "createdAt"),
            _by("by_identity", "identity"),
            _by("by_conversation", "conversation", "saidAt", where={"conversation": OnlyText()}),
            _by("by_doneAt", "doneAt", ttl_seconds=2 * DAY),
        ),
        "jobs": (
            _by("by_key", "key", unique=True, where={"key": OnlyText()}),
            _by("by_due", "dueAt", "_id"),
            _by("by_state", "state", "createdAt"),
            _by("by_person", "personId"),
            _by("by_doneAt", "doneAt", ttl_seconds=7 * DAY),
        ),
        "invitations": (
            _by("by_organization", "organizationId"),
            _by("by_createdAt", "createdAt", ttl_seconds=183 * DAY),
        ),
        "keys": (),
        "linkCodes": (_by("by_person", "personId"), _by("by_expiresAt", "expiresAt", ttl_seconds=24 * HOUR)),
        "linkTries": (_by("by_lastAt", "lastAt", ttl_seconds=24 * HOUR),),
        "links": (
            _by("by_from", "fromUserId", unique=True),
            _by("by_into", "intoUserId"),
            _by("by_due", "dueAt", "_id"),
        ),
        "locks": (),
        "migrations": (),
        "nudgePreferences": (
            _by("by_person", "personId", unique=True),
            _by("by_userId", "userId"),
            _by("by_nextCheckAt", "nextCheckAt", "_id"),
            _by("by_organization_aside", "organizationId", "setAsideAt"),
        ),
        "cohorts": (
            _by("by_organization", "organizationId", "-createdAt"),
            _by("by_name", "organizationId", "nameKey", unique=True, where={"nameKey": OnlyText()}),
            _by("by_nextQuestionAt", "nextQuestionAt", "_id"),
            _by("by_nextBoardAt", "nextBoardAt", "_id"),
        ),
        "announcements": (
            _by("by_person", "personId"),
            _by("by_cohort", "organizationId", "cohortId", "-createdAt"),
            _by("by_nextAt", "nextAt", "_id"),
        ),
        "exchanges": (
            _by("by_person", "personId", "-createdAt"),
            _by("by_organization", "organizationId", "state", "createdAt"),
            _by("by_nextShowAt", "nextShowAt", "_id"),
        ),
        "looks": (
            _by("by_person", "personId", "-at"),
            _by("by_everybody", "everybodyIn", "-at"),
            _by("by_at", "at", ttl_seconds=366 * DAY),
        ),
        "members": (_by("by_organization", "organizationId"), _by("by_rolledAt", "rolledAt", "_id")),
        "nudges": (
            _by("by_person_kind_date", "personId", "kind", "localDate", unique=True, where={"occasion": "due"}),
            _by("by_person_time", "personId", "-createdAt"),
            _by("by_organization_time", "organizationId", "-createdAt"),
        ),
        "outbox": (
            _by("by_key", "key", unique=True),
            _by("by_due", "dueAt", "_id"),
            _by("by_surface_due", "surface", "dueAt", "_id"),
            _by("by_state", "state", "createdAt"),
            _by("by_person", "personId"),
            _by("by_doneAt", "doneAt", ttl_seconds=30 * DAY),
        ),
        "pairRequests": (
            _by("by_organization", "organizationId", "since"),
            _by("by_lookAt", "lookAt", "_id"),
        ),
        "pairs": (
            _by("by_member", "members", unique=True, where={"members": OnlyText()}, each=True),
            _by("by_parted", "parted", each=True),
            _by("by_organization", "organizationId"),
            _by("by_tellAt", "tellAt", "_id"),
            _by("by_endedAt", "endedAt", ttl_seconds=60 * DAY),
        ),
        "reaches": (_by("by_identity", "identity"), _by("by_heard", "-heardAt")),
        "snapshotHistory": (
            _by("by_user_snapshot", "userId", "snapshotId", "-at"),
            _by("by_user_source", "userId", "source", "-at"),
        ),
        "slackInstallations": (
            _by("by_team", "teamId", "-installedAt"),
            _by("by_enterprise", "enterpriseId", "-installedAt"),
            _by("by_reached", "workspaces", each=True),
        ),
        "slackStates": (_by("by_expiresAt", "expiresAt", ttl_seconds=HOUR),),
        "shown": (_by("by_identity", "identity"), _by("by_shownAt", "shownAt", ttl_seconds=30 * DAY)),
        "tallies": (_by("by_person", "personId"), _by("by_cohort", "organizationId", "cohortId")),
        "tombstones": (_by("by_due", "dueAt", "_id"),),
        "usage": (
            _by("by_person_day", "personId", "day"),
            _by("by_organization_day", "organizationId", "day"),
        ),
        "usageMonths": (),
        "webhooks": (_by("by_person", "personId", unique=True),),
        "wins": (_by("by_person", "personId"),),
    }
)
"""Every collection there is, with its indexes. A collection that is not here is refused, so that a typing slip makes none."""
