"""Where somebody is written to."""

from __future__ import annotations

from collections.abc import Sequence

from core.nudges.model import NudgePreferences
from core.people.model import Person
from core.request import Actor, Address, Platform


def address_of(wishes: NudgePreferences, persons: Sequence[Person]) -> Address | None:
    """The direct messages of an account, whose persons these are; None where no platform account of theirs is known.

    On the platform that they chose; else, and where they are not there any more, where they made the contract, which is where
    they were when they last thought of reminders.
    """
    own_first = sorted(persons, key=lambda each: each.id != wishes.person_id)
    actors = [_actor(each, identity) for each in own_first for identity in each.identities]
    chosen = [each for each in actors if each.platform is wishes.channel]
    return next((each.direct for each in (*chosen, *actors)), None)


def _actor(person: Person, identity: str) -> Actor:
    platform, workspace, user = identity.split(":", 2)
    return Actor(Platform(platform), workspace, user, person.name)
