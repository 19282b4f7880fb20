"""Taking figures from tables and pictures: found beside the work of others, held, read back, and only then logged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.errors import Refusal
from core.kpis.history import Source
from core.kpis.imports import views
from core.kpis.imports.delimited import grids
from core.kpis.imports.exports import Exports
from core.kpis.imports.found import Found, Student, find, merged
from core.kpis.imports.grid import FILE_BYTES, LIMITS, Grid, NoTable
from core.kpis.imports.held import IMPORT, Held, packed, unpacked
from core.kpis.imports.picture import NoKey, read_picture
from core.kpis.imports.ports import Sent, Sheets
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.kpis.reading import Checked, Reading, check
from core.kpis.service import AnotherCurrency, Snapshots
from core.llm.model import Model
from core.people.model import Person
from core.ports import FormDrafts
from core.request import Address, File

LOOKED_BACK = 60


class NoFigures(Refusal):
    """I found no figure in that. /kpi import says what I can read."""


class Imports:
    """Figures from elsewhere."""

    def __init__(
        self, snapshots: Snapshots, exports: Exports, drafts: FormDrafts, sheets: Sheets, sent: Sent, model: Model
    ) -> None:
        self.exports = exports
        self._snapshots = snapshots
        self._drafts = drafts
        self._sheets = sheets
        self._sent = sent
        self._model = model

    async def in_text(self, person: Person, text: str, today: date) -> Found | None:
        """The figures of a pasted table; None where it is none, or holds none."""
        try:
            tables = grids(text)
        except NoTable:
            return None
        found = await self._find(person, tables, today)
        return found if found and found.readings else None

    async def in_files(self, person: Person, address: Address, files: Sequence[File], today: date) -> Found:
        """The figures of CSV and XLSX files.

        Raises:
            NoTable: one cannot be read.
            NoFigures: there are none in them.
            Trouble: one cannot be got.
        """
        parts, heads = [], list[str]()
        for file in files:
            tables = await self._sheets.tables_in(await self._content(address, file))
            found = await self._find(person, tables, today)
            if found and found.readings:
                parts.append(found)
            else:
                heads += [*(found.remarks if found else ()), *(cell for each in tables[:1] for cell in each.rows[0] if cell)]
        if not parts:
            raise NoFigures(views.nothing_found(heads))
        return merged(parts)

    async def in_picture(self, person: Person, held: Held, today: date) -> Found:
        """The figures that Claude sees in a picture.

        Raises:
            NoKey: there is only the practice model, which sees nothing.
            ModelTrouble: it cannot look, or there is no budget.
            NoFigures: it sees none.
        """
        if self._model.practice:
            raise NoKey()
        assert held.picture is not None, "pictures only are read here"
        assert held.sent_at is not None, "a picture is held with the place it was sent to"
        content = await self._content(held.sent_at, held.picture)
        metrics = self._snapshots.metrics
        return await read_picture(content, metrics, self._model, person, self._snapshots.currency(person), today)

    async def hold(self, person: Person, held: Held, at: datetime) -> None:
        """Keep it until it is confirmed, in place of what was held before. It is asked about, and nothing else that waits."""
        await self._snapshots.pass_by(person, at)
        await self._drafts.keep(person, IMPORT, packed(replace(held, held_at=at)), at)

    async def pass_by(self, person: Person, at: datetime) -> None:
        """They turned to something else: what is held is not the last that they read any more."""
        held = await self.latest(person)
        if held is not None and not held.passed:
            await self._drafts.keep(person, IMPORT, packed(replace(held, passed=True)), at)

    async def latest(self, person: Person) -> Held | None:
        """What is held, if anything."""
        kept = await self._drafts.find(person, IMPORT)
        return unpacked(kept, str(kept["token"])) if kept else None

    async def held(self, person: Person, token: str) -> Held:
        """What is held.

        Raises:
            ImportGone: something else is, or nothing.
        """
        return unpacked(await self._drafts.find(person, IMPORT), token)

    async def release(self, person: Person) -> None:
        """Forget what was held."""
        await self._drafts.drop(person, IMPORT)

    async def looked_at(self, person: Person, found: Found) -> list[views.Each]:
        """Every period as it would be logged, and whether there are figures for it already."""
        history = await self._snapshots.lately(person, LOOKED_BACK)
        there = {each.period: each.version for each in history}
        return [views.Each(each, self.checked(person, each), there.get(each.period)) for each in found.readings]

    def checked(self, person: Person, reading: Reading) -> Checked:
        """What a period's figures come to, by the same rules as if they had been typed."""
        return check(self._snapshots.metrics, reading.typed, reading.currency, person.settings)

    async def save_all(self, person: Person, held: Held, at: datetime) -> views.Outcome:
        """Log every period but those for which something was saved since they were read back: that is newer, and stays. What is
        refused or unclear is left out, with the reason.
        """
        assert held.found is not None, "what is still to be read cannot be saved"
        kept: list[Snapshot] = []
        left: list[str] = []
        newer: dict[int, Period] = {}
        parts = await self.looked_at(person, held.found)
        seen = held.seen or [each.version for each in parts]
        for number, (each, version) in enumerate(zip(parts, seen, strict=True), start=1):
            checked, period = each.checked, each.reading.period
            if (each.version or 0) > (version or 0):
                newer[number] = period
                continue
            left += [f"{views.sentence(period.said)}: {why}" for why in checked.refused.values()]
            left += [f"{views.sentence(period.said)}: {one.question}" for one in checked.unclear.values()]
            if not checked.taken:
                continue
            try:
                money = each.reading.currency
                kept.append(
                    await self._snapshots.log(person, period, checked.taken, currency=money, at=at, source=Source.IMPORTED)
                )
            except AnotherCurrency as trouble:
                left.append(trouble.message)
        return views.Outcome(kept, left, newer)

    async def _find(self, person: Person, tables: Sequence[Grid], today: date) -> Found | None:
        """In a thread of its own: thousands of cells are read by rules that take their time."""
        last = await self._snapshots.latest(person)
        student = Student(
            settings=person.settings,
            currency=self._snapshots.currency(person),
            usual=last.period.span if last and last.period else Span.WEEK,
            american=person.locale.replace("_", "-").endswith("-US"),
            today=today,
            settled="currency" in person.settings,
        )
        return await asyncio.to_thread(find, tables, self.exports, self._snapshots.metrics, student)

    async def _content(self, address: Address, file: File) -> bytes:
        if max(file.size, len(file.content)) > FILE_BYTES:
            raise NoTable(f"That file is too large for me. {LIMITS}")
        whole = file if file.content else await self._sent.fetch(address, file)
        return whole.content
