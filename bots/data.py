"""`elevate export` and `elevate erase`: what /mydata does, for an operator."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Protocol

from core.errors import NotFound, Trouble
from core.people.model import Person
from core.privacy.service import Privacy

REFERENCE_AT_MOST = 80
"""Characters of what was asked for that are said again."""


class CannotWrite(Trouble):
    """The file could not be written. Name another place, then run this again."""


class HasPrivacy(Protocol):
    """The part of the built program that this needs."""

    @property
    def privacy(self) -> Privacy:
        """What is kept of whom."""
        ...


async def export(program: HasPrivacy, person_reference: str, out_path: Path | None, at: datetime) -> str:
    """Write everything that is kept of the person to a new zip that only its owner may read; returns a line to show.

    Without a path it goes into the current folder, under the person's id and the date.
    The reference is a person's id, account id, platform account (`slack:T1:U1`) or e-mail address.

    Raises:
        NotFound: there is no such person.
        CannotWrite: there is such a file already, or it cannot be made.
    """
    person = await _named(program, person_reference)
    file = await program.privacy.export(person, at)
    out_path = out_path or Path(f"elevate-{person.id}-{at:%Y-%m-%d}.zip")
    try:
        with os.fdopen(os.open(out_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(file.content)
    except OSError as trouble:
        raise CannotWrite(f"{out_path} could not be written: {trouble.strerror}. Name another place.") from trouble
    return f"Wrote everything that is kept of {person.id} to {out_path}."


async def about(program: HasPrivacy, person_reference: str) -> str:
    """Who it is that would be erased, and how much is kept of them, for whoever is asked.

    Raises:
        NotFound: there is no such person.
    """
    person = await _named(program, person_reference)
    documents = sum((await program.privacy.counts(person)).values())
    who = ", ".join(person.identities) or person.id
    return f"{person.name} ({who}): {documents} documents, on all platforms. There is no way back."


async def erase(program: HasPrivacy, person_reference: str, at: datetime) -> str:
    """Erase everything that is kept of the person, on all platforms; returns what to show. Repeatable.

    Raises:
        NotFound: there is no such person, and there was none with this platform account.
    """
    try:
        person = await _named(program, person_reference)
    except NotFound:
        if await program.privacy.was_erased(person_reference):
            return f"{person_reference} was erased before. Nothing was left to erase."
        raise
    told = await program.privacy.erase(person, at)
    return "\n".join((f"Erased everything that was kept of {person.id}.", *told))


async def _named(program: HasPrivacy, reference: str) -> Person:
    """The person with this reference. A name is none, since two may have it; whoever gave one is told how it leads to an id.

    Raises:
        NotFound: there is no such person.
    """
    try:
        return await program.privacy.named(reference)
    except NotFound as trouble:
        name = quote(reference[:REFERENCE_AT_MOST]) if not {":", "@"} & set(reference) else "NAME"
        raise NotFound(f"{trouble.message} By a name you find the id with: elevate nudges preview --person {name}") from None
