"""The register as a table: what coaches may see of everybody, and of those who opened more, that too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.course.steps import Step
from core.members.service import Row
from core.openness.model import Part


@dataclass(frozen=True, slots=True)
class Line:
    """A student. `account`: their id on the platform. `more`: what they opened, by the part and the heading of its column."""

    row: Row
    cohort: str
    account: str
    opened: tuple[Part, ...] = ()
    more: Mapping[tuple[Part, str], object] = field(default_factory=dict)


def table(lines: Sequence[Line], zone: ZoneInfo) -> Iterator[list[object]]:
    """The heading and a row for each student; days are those of this zone. A part that nobody opened has no column."""
    extra = list(dict.fromkeys(key for each in lines for key in each.more))
    extra.sort(key=lambda key: list(Part).index(key[0]))
    named = [(heading, heading) for heading in _plain(lines[0], zone)] if lines else []
    yield [*(heading for heading, _ in named), *(f"{part.value.capitalize()}: {heading}" for part, heading in extra)]
    for each in lines:
        yield [*_plain(each, zone).values(), *(each.more.get(key) for key in extra)]


def _plain(line: Line, zone: ZoneInfo) -> dict[str, object]:
    """What every coach sees of every student."""
    member, risk = line.row.member, line.row.risk
    shares = {f"{number} {step.value} (% ticked)": _share(member.shares, number) for number, step in enumerate(Step)}
    return {
        "Name": member.name,
        "Account": line.account,
        "Cohort": line.cohort,
        "Time zone": member.timezone,
        "Joined": _day(member.joined_at, zone),
        "Last sign of life": _day(member.seen_at, zone),
        "Module": "all closed" if member.module is None else tuple(Step)[member.module].value,
        "Modules closed": len(member.completed),
        "Closed": ", ".join(tuple(Step)[number].value for number in member.completed),
        **shares,
        "Last work on the course": _day(member.last_work_at, zone),
        "Assets kept": member.assets,
        "Assets live": member.shipped,
        "Periods logged": member.periods,
        "Last logged": _day(member.logged_at, zone),
        "Commitments open": member.promises,
        "Commitments late": member.promises_late,
        "Reminders ignored in a row": member.ignored,
        "Risk": risk.level.said,
        "Why": "; ".join(risk.reasons),
        "Open to coaches": ", ".join(part.value for part in line.opened),
    }


def _share(shares: Sequence[int], number: int) -> int:
    return shares[number] if number < len(shares) else 0


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
