"""The zip that a person is given: everything as JSON, the figures and the progress as tables, and what is what."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.people.model import Person
from core.privacy.model import Documents
from core.privacy.words import KEPT
from core.separated import cell

FIRST = ("snapshotDate", "timePeriod", "currency")
LEFT_OUT = {
    *("_id", "userId", "organizationId", "meanings", "superseded", "createdAt", "changedAt", "notes"),
    *("version", "deletedAt", "unfiled"),
}
PROGRESS = ("moduleId", "status", "startedAt", "completedAt", "tickedItems", "notes")


def archive(documents: Mapping[str, Sequence[Documents]], person: Person, at: datetime) -> bytes:
    """The zip: `README.txt`, `snapshots.csv`, `progress.csv`, and `json/<collection>.json` for every collection that has any."""
    held = {name: some for name, some in sorted(documents.items()) if some}
    files = {
        "README.txt": readme(held, person, at),
        "snapshots.csv": snapshots(held.get("userFunnelSnapshots", ())),
        "progress.csv": _table(PROGRESS, held.get("userModuleProgress", ())),
        **{f"json/{name}.json": _json(some) for name, some in held.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            zipped.writestr(entry, text.encode())
    return packed.getvalue()


def readme(held: Mapping[str, Sequence[Documents]], person: Person, at: datetime) -> str:
    """What is what, in plain words."""
    local = at.astimezone(person.zone)
    lines = [
        f"What Elevate keeps of {person.name}, as of {local:%-d %B %Y, %H:%M} ({person.timezone})",
        "",
        "snapshots.csv  Your figures, one line a period. Open it in a spreadsheet.",
        "               Money is in the smallest unit of the currency named in the line: 1250 with GBP is 12.50 pounds.",
        "progress.csv   How far you are in each module.",
        "json/          Everything, as the program keeps it. Times are in UTC.",
        "",
        "In json/:",
        *(
            f"  {name}.json: {KEPT.get(name, 'what the program notes for its own work')} ({len(some)})"
            for name, some in held.items()
        ),
        "",
        "All accounts that you have linked are in here together. To have all of it erased, send /mydata delete.",
    ]
    return "\n".join(lines) + "\n"


def snapshots(documents: Sequence[Documents]) -> str:
    """The figures as a table, oldest first; a figure that nobody logged is an empty cell."""
    ordered = sorted(documents, key=lambda each: (str(each["snapshotDate"]), str(each["timePeriod"])))
    figures = sorted({name for each in documents for name in each} - LEFT_OUT - set(FIRST))
    return _table((*FIRST, *figures, "notes"), ordered)


def _table(columns: Sequence[str], documents: Sequence[Documents]) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(columns)
    rows.writerows([_cell(each.get(name)) for name in columns] for each in documents)
    return written.getvalue()


def _cell(value: object) -> str:
    """A value for a spreadsheet; of several, all in one cell."""
    return cell(" ".join(str(each) for each in value) if isinstance(value, list | tuple) else value)


def _json(documents: Sequence[Documents]) -> str:
    return json.dumps(list(documents), ensure_ascii=False, indent=2, sort_keys=True, default=_time) + "\n"


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a document holds a {type(value).__name__}")
