"""What waits to be confirmed after a table or a picture came: its periods, or the file that is still to be read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta

from core.errors import NotFound
from core.kpis.imports.found import Found
from core.kpis.imports.spans import NOT_OVER, Marks
from core.kpis.periods import Period, Span
from core.kpis.reading import Reading
from core.request import Address, File, Platform, Typed

IMPORT = "kpi import"
"""The name under which it waits among the drafts of forms."""
WEEK = timedelta(days=6)


class ImportGone(NotFound):
    """These figures do not wait any more: they were saved, or others came in their place. Send the table or the file again."""


@dataclass(frozen=True, slots=True)
class Held:
    """The figures that were found, or the picture in which they are still to be read, with where it was sent.

    `held_at`: when they were told of it. `passed`: they turned to something else since. `seen`: the version of each period's
    snapshot when they were read back, None where there was none; what was saved for it since is newer than the table.
    """

    found: Found | None = None
    picture: File | None = None
    sent_at: Address | None = None
    seen: tuple[int | None, ...] = ()
    held_at: datetime | None = None
    passed: bool = False
    token: str = field(default_factory=lambda: secrets.token_hex(3))


def shifted(found: Found, today: date) -> Found:
    """The same with each day taken as the other end of its week: the first where it was the last, and back. A week that is not
    over then is left out.
    """
    to_first = found.taken is Marks.LAST
    moved = [Period(each.period.span, each.period.end + (WEEK if to_first else -WEEK)) for each in found.readings]
    readings = tuple(replace(each, period=period) for each, period in zip(found.readings, moved, strict=True))
    over = tuple(each for each in readings if each.period.end <= today)
    remarks = found.remarks if len(over) == len(readings) else (*found.remarks, NOT_OVER)
    return replace(found, readings=over, taken=Marks.FIRST if to_first else Marks.LAST, remarks=remarks)


def packed(held: Held) -> dict[str, Typed]:
    """It as a form's draft; a picture by where the platform has it, without its content."""
    at, passed = held.held_at.isoformat() if held.held_at else "", "yes" if held.passed else ""
    kept: dict[str, Typed] = {"token": held.token, "heldAt": at, "passed": passed}
    if held.found is not None:
        found = held.found
        readings = [
            {"typed": dict(each.typed), "span": each.period.span, "end": each.period.end.isoformat(), "currency": each.currency}
            for each in found.readings
        ]
        about = {"source": found.source, "undated": found.undated, "taken": found.taken}
        told = {"unknown": found.unknown, "remarks": found.remarks, "seen": held.seen}
        kept["found"] = json.dumps({**about, **told, "readings": readings})
    if held.picture is not None and held.sent_at is not None:
        file = {name: value for name, value in asdict(held.picture).items() if name != "content"}
        kept["picture"] = json.dumps({"file": file, "at": asdict(held.sent_at)})
    return kept


def unpacked(kept: Mapping[str, Typed], token: str) -> Held:
    """What was kept.

    Raises:
        ImportGone: nothing is, or something else.
    """
    if not kept or kept.get("token") != token:
        raise ImportGone()
    told_at = datetime.fromisoformat(str(kept["heldAt"])) if kept.get("heldAt") else None
    passed = bool(kept.get("passed"))
    if "picture" in kept:
        told = json.loads(str(kept["picture"]))
        at = Address(**{**told["at"], "platform": Platform(told["at"]["platform"])})
        return Held(None, File(**told["file"]), at, token=token, held_at=told_at, passed=passed)
    told = json.loads(str(kept["found"]))
    readings = tuple(
        Reading(each["typed"], Period(Span(each["span"]), date.fromisoformat(each["end"])), each["currency"])
        for each in told["readings"]
    )
    unknown, remarks = tuple(told["unknown"]), tuple(told["remarks"])
    found = Found(told["source"], readings, told["undated"], Marks(told.get("taken", Marks.EITHER)), unknown, remarks)
    return Held(found, seen=tuple(told.get("seen", ())), token=token, held_at=told_at, passed=passed)
