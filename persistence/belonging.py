"""Whose the documents of each collection are: the one table by which they are counted, handed out and erased.

A house test fails where `persistence.indexes` has a collection that this table does not mention.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Tie(StrEnum):
    """What a field that ties a document to somebody holds."""

    USER = "user"
    PERSON = "person"
    IDENTITY = "identity"


class Fate(StrEnum):
    """What becomes of the documents when the person is erased."""

    GONE = "gone"
    SHARED = "shared"
    """Others may have a part in them: what is the person's goes, the rest stays without them."""
    STAYS = "stays"
    """Nobody's, or no person's."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """How documents belong to somebody: the fields, each of them indexed, and what it holds; and why, where they stay."""

    ties: Mapping[str, Tie]
    fate: Fate = Fate.GONE
    handed_out: bool = True
    why: str = ""


def _of_user(field: str = "userId", fate: Fate = Fate.GONE) -> Belonging:
    return Belonging({field: Tie.USER}, fate)


def _of_person(field: str = "personId", *, handed_out: bool = True) -> Belonging:
    return Belonging({field: Tie.PERSON}, handed_out=handed_out)


def _stays(why: str) -> Belonging:
    return Belonging({}, Fate.STAYS, handed_out=False, why=why)


BELONGING: Mapping[str, Belonging] = MappingProxyType(
    {
        # The schema's collections.
        "playbookPrompts": _stays("the course's own text, published from its files"),
        "courseModules": _stays("the course's own text, published from its files"),
        "users": _of_user("_id"),
        "persons": _of_user(),
        "organizations": _of_user("ownerId", Fate.SHARED),
        "agents": _of_user("createdBy"),
        "userFoundations": _of_user(),
        "userPromptExecutions": _of_user(),
        "userGeneratedAssets": _of_user(),
        "userModuleProgress": _of_user(),
        "userFunnelSnapshots": _of_user(),
        "conversations": _of_user("createdBy", Fate.SHARED),
        "conversationParticipants": _of_user(fate=Fate.SHARED),
        "conversationMessages": _of_user(fate=Fate.SHARED),
        # Ours.
        "announcements": _of_person(),
        "cohorts": _stays("who takes the course together, without whom"),
        "commitments": Belonging({"personId": Tie.PERSON, "userId": Tie.USER}),
        "dashboardLinks": _of_person(handed_out=False),
        "dashboardSessions": _of_person(),
        "deliveries": _of_person(),
        "formDrafts": _of_person(),
        "firsts": _of_person("_id"),
        "foundationHistory": _of_user(),
        "inbox": Belonging({"identity": Tie.IDENTITY}),
        "invitations": Belonging({"_id": Tie.IDENTITY}),
        "jobs": _of_person(),
        "keys": _stays("the program's own secret"),
        "linkCodes": _of_person(handed_out=False),
        "linkTries": _of_person("_id", handed_out=False),
        "links": Belonging({"fromUserId": Tie.USER, "intoUserId": Tie.USER}),
        "locks": _stays("which process does what; a lock is nobody's"),
        "exchanges": _of_person(),
        "looks": _of_person(),
        "members": _of_person("_id"),
        "migrations": _stays("what was done to the record itself"),
        "nudgePreferences": _of_person(),
        "nudges": _of_person(),
        "outbox": _of_person(),
        "pairRequests": _of_person("_id"),
        "pairs": Belonging({"members": Tie.PERSON, "parted": Tie.PERSON}, Fate.SHARED),
        "reaches": Belonging({"identity": Tie.IDENTITY}),
        "shown": Belonging({"identity": Tie.IDENTITY}),
        "snapshotHistory": _of_user(),
        "slackInstallations": _stays("the community's: without it the bot could not speak to anybody there"),
        "slackStates": _stays("installations under way, which are nobody's yet, for minutes"),
        "tallies": _of_person(),
        "tombstones": _stays("that somebody was erased, without whom"),
        "usage": _of_person(),
        "usageMonths": _stays("what everybody of a community spent together in a month, without whom"),
        "webhooks": _of_person(),
        "wins": _of_person(),
    }
)
