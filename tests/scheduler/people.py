"""Someone who says things, in a place."""

from __future__ import annotations

from core.people.model import Person
from core.request import Actor, Address, Asked, Platform, Said
from tests.records import NOON

ACTOR = Actor(Platform.SLACK, "T1", "U1", "Nora")
PLACE = Address(Platform.SLACK, "T1", "C1", "1700000000.000100")
NORA = Person(
    id="per_nora", user_id="usr_nora", organization_id="org_one", name="Nora", identities=(ACTOR.identity,), created_at=NOON
)


def said(event: str = "Ev1", text: str = "hello", *, addressed: bool = True) -> Said:
    """Words in a channel."""
    return Said(id=event, actor=ACTOR, address=PLACE, at=NOON, text=text, addressed=addressed, direct=False)


def asked(event: str = "Ev2", command: str = "run") -> Asked:
    """A command."""
    return Asked(id=event, actor=ACTOR, address=PLACE, at=NOON, command=command, words="H1")
