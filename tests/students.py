"""Students who have used everything: a document of theirs in every collection that belongs to people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.chat.model import Conversation, ParticipantMessage, UserParticipant, participant_id, place
from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.ids import new_id
from core.kpis.edits import difference
from core.kpis.history import Source
from core.kpis.model import Snapshot
from core.people.model import Person
from core.people.service import People
from core.playbook.model import Execution
from core.request import Actor, Address, Platform
from persistence.conversations import ConversationsRecord
from persistence.documents import Database, Document
from persistence.foundation import FoundationRecord
from persistence.indexes import INDEXES
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from tests.blank import record_in

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
APRIL = datetime(2026, 4, 30, tzinfo=UTC)
OFFER, VALUE, PAINS = "companyContext.coreOffers", "companyContext.valueProposition", "customerAvatar.pains"
SECRET = b"a secret of the tests, 32 bytes."

SLACK = Actor(Platform.SLACK, "T1", "U1", "Nora Slack", "Europe/London")
DISCORD = Actor(Platform.DISCORD, "G1", "D1", "Nora Discord", "Europe/Paris")
TERMINAL = Actor(Platform.TERMINAL, "home", "nora", "Nora Home", "Europe/London")
OMAR = Actor(Platform.DISCORD, "G1", "D2", "Omar", "Europe/Paris")


async def opened(folder: Path) -> Database:
    """A record of its own."""
    return await record_in(folder)


def foundations(database: Database) -> Foundations:
    """The Foundations of that record."""
    return Foundations(FoundationRecord(database), Cells(SHIPPED))


async def met(database: Database, actor: Actor, at: datetime = NOON) -> Person:
    """The person behind the actor, as they are now."""
    return await People(PeopleRecord(database)).meet(actor, at)


async def everything_of(database: Database, person: Person, mark: str, at: datetime) -> None:
    """Give the person a document of every kind; `mark` is in every text, so that it can be looked for."""
    progress = ProgressRecord(database)
    await progress.tick(person, "mod_1", 1, at)
    await progress.note(person, "mod_1", f"note {mark}", at)
    figures = {"sell_ConversionRate": 2.5}
    snapshots = SnapshotRecord(database)
    march = april(person, figures, at, f"figures {mark}").model_copy(update={"time_period": "Last 30 Days"})
    deleted = await snapshots.put(person, march)
    gone = difference(deleted, None, Source.DELETED, at, person)
    assert gone is not None
    await snapshots.save(person, deleted, None, gone)
    await snapshots.put(person, april(person, figures, at, f"figures {mark}"))
    await _plain(database, person, mark, at)
    await _talked(database, person, mark, at)


def april(person: Person, figures: dict[str, float], at: datetime, notes: str = "", currency: str | None = None) -> Snapshot:
    """The figures of April."""
    return Snapshot(
        id=new_id("snp"),
        user_id=person.user_id,
        organization_id=person.organization_id,
        snapshot_date=APRIL,
        time_period="Month of April",
        notes=notes or None,
        currency=currency,
        created_at=at,
        changed_at=at,
        figures=figures,
    )


async def _plain(database: Database, person: Person, mark: str, at: datetime) -> None:
    """Documents that only have to be there."""
    user: Document = {"userId": person.user_id, "organizationId": person.organization_id}
    whose: Document = {"personId": person.id, "organizationId": person.organization_id}
    identity = person.identities[0]
    rows: dict[str, Document] = {
        "userPromptExecutions": {
            **user,
            "promptCode": "H1",
            "elevateStep": "Hook",
            "status": "Success",
            "aiResponse": mark,
            "inputContextSnapshot": {},
            "aiRequestTimestamp": at,
        },
        "userGeneratedAssets": {
            **user,
            "elevateStep": "Hook",
            "status": "Draft",
            "content": mark,
            "assetType": "Headlines",
            "title": mark,
            "words": ["jar", mark],
            "createdAt": at,
            "lastUpdatedAt": at,
        },
        "agents": _agent(person, mark),
        "commitments": {**whose, **user, "what": mark, "state": "Open", "localDate": "2026-04-08", "dueAt": at, "createdAt": at},
        "formDrafts": {**whose, "command": "x", "about": "", "values": [{"name": "a", "value": mark}], "savedAt": at},
        "inbox": {"identity": identity, "request": mark, "state": "done", "createdAt": at, "doneAt": at},
        "invitations": {"_id": identity, "organizationId": person.organization_id, "name": mark, "createdAt": at},
        "jobs": {**whose, "state": "done", "key": f"k{mark}", "payload": mark, "createdAt": at},
        "nudgePreferences": {**whose, **user, "hour": 9, "nextCheckAt": at, "setAsideAt": at, "changedAt": at, "words": mark},
        "announcements": {
            **whose,
            "cohortId": f"coh_{person.organization_id}",
            "byName": mark,
            "words": mark,
            "to": "direct",
            "state": "Planned",
            "version": 1,
            **dict.fromkeys(("createdAt", "changedAt", "nextAt"), at),
        },
        "exchanges": {
            **whose,
            "name": mark,
            "state": "Open",
            "version": 1,
            **dict.fromkeys(("createdAt", "changedAt", "shownAt", "nextShowAt"), at),
        },
        "looks": {**whose, "byPersonId": "per_coach", "part": "place", "about": mark, "at": at},
        "members": {"_id": person.id, **whose, "name": mark, "joinedAt": at, "rolledAt": at},
        "nudges": {**whose, **_reminded(at), "reason": mark},
        "outbox": {**whose, "key": f"o{mark}", "state": "done", "message": mark, "outcome": f"posted{mark}", "createdAt": at},
        "pairRequests": {"_id": person.id, "organizationId": person.organization_id, "since": at, "lookAt": at},
        "pairs": {
            "organizationId": person.organization_id,
            "members": [person.id],
            "parted": [person.id],
            "tellAt": at,
            "createdAt": at,
        },
        "reaches": {"identity": identity, "workspace": mark, "channels": {mark: "7"}, "direct": "8", "refused": 1},
        "shown": {"identity": identity, "parcel": mark, "shownAt": at},
        "dashboardLinks": {**whose, "identity": identity, "createdAt": at, "expiresAt": at},
        "dashboardSessions": {**whose, "identity": identity, **dict.fromkeys(("createdAt", "seenAt", "expiresAt", "endsAt"), at)},
        "deliveries": {**whose, "webhookId": "whk_1", "digest": mark, "at": at},
        "webhooks": {**whose, "version": 1, "createdAt": at, "changedAt": at, "lastProblems": [mark]},
        "firsts": {"_id": person.id, "organizationId": person.organization_id, "first": {f"item_{mark}": at}},
        "tallies": {
            "_id": f"{person.id}:coh_{person.organization_id}",
            **whose,
            "cohortId": f"coh_{person.organization_id}",
            "weeks": {"2026-04-06": [1, 0, 0, 0, 0]},
        },
        "wins": {**whose, "about": "mod_1", "words": mark, "askedAt": at},
        "usage": {
            "_id": f"{person.id}:2026-04-08",
            **whose,
            "day": "2026-04-08",
            **_spent(at),
            "name": mark,
            "parts": {"prompts": {"use": "prompts", "answers": 1, "micros": 5}},
        },
    }
    cohort: Document = {"organizationId": person.organization_id, "name": "Spring", "code": "k7wq-3fhm", "createdAt": at}
    await database.collection("cohorts").update({"_id": f"coh_{person.organization_id}"}, {"$set": cohort}, upsert=True)
    month: Document = {"organizationId": person.organization_id, "month": "2026-04", **_spent(at)}
    await database.collection("usageMonths").delete({"_id": f"{person.organization_id}:2026-04"})
    await database.collection("usageMonths").insert({"_id": f"{person.organization_id}:2026-04", **month})
    for name, row in rows.items():
        await database.collection(name).insert({"_id": f"{name}-{person.id}", **row})


def _reminded(at: datetime) -> Document:
    """A reminder that went out."""
    return {"kind": "kpi-due", "localDate": "2026-04-08", "template": "kpi-due-1", "createdAt": at, "letteredAt": at}


def _agent(person: Person, mark: str) -> Document:
    return {
        "kind": "user_agent",
        "createdBy": person.user_id,
        "organizationId": person.organization_id,
        "name": mark,
        "nameKey": f"{person.user_id}:{mark}",
        "description": mark,
        "personality": mark,
        "avatarUrl": "",
        "baseInstructions": mark,
        "sharing": "private",
        "version": 1,
    }


def _spent(at: datetime) -> Document:
    """An account with money spent and held, of which the hold has lapsed."""
    return {"committed": 15, "spent": 5, "holds": {"hld_1": {"micros": 10, "until": at}}, "settled": ["hld_0"]}


async def pending_run(database: Database, person: Person) -> None:
    """Give the person a run that is under way."""
    execution = Execution(
        id=f"pending-{person.id}",
        user_id=person.user_id,
        organization_id=person.organization_id,
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=NOON,
    )
    await ExecutionRecord(database).add(person, execution)


async def _talked(database: Database, person: Person, mark: str, at: datetime) -> None:
    platform, workspace, _ = person.identities[0].split(":")
    address = Address(Platform(platform), workspace, "general")
    await said(database, person, address, f"words of {mark}", at)


async def said(database: Database, person: Person, address: Address, words: str, at: datetime) -> str:
    """Let the person say something there; returns the conversation's id."""
    chat = ConversationsRecord(database)
    conversation = await chat.conversation_at(person, address) or await chat.open(
        person,
        Conversation(
            id=new_id("cnv"),
            title=words,
            created_by=person.user_id,
            last_message_time=at,
            organization_id=person.organization_id,
            **place(address),
        ),
    )
    author = participant_id(conversation.id, "user", person.user_id)
    common = {"conversation_id": conversation.id, "organization_id": person.organization_id, "user_id": person.user_id}
    await chat.join(person, UserParticipant(id=author, name=person.name, added_at=at, **common))
    number = await chat.next_number(person, conversation.id, at)
    await chat.say(
        person,
        ParticipantMessage(
            id=new_id("msg"),
            content=words,
            created_at=at,
            number=number,
            author_participant_id=author,
            author_kind="user",
            platform=address.platform.value,
            external_message_id=f"event of {words} at {number}",
            **common,
        ),
    )
    return conversation.id


async def everything(database: Database, names: Iterable[str] = INDEXES) -> dict[str, dict[str, Document]]:
    """Every document of these collections, by collection and id."""
    return {name: {str(each["_id"]): each for each in await database.collection(name).find({})} for name in names}
