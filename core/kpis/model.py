"""A snapshot: the figures of one period, and what was settled when they were logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from pydantic import ConfigDict, Field

from core.kpis.figures import Stored
from core.kpis.history import SnapshotChange
from core.kpis.periods import Period, read_back
from core.record import Kept

FIGURE = "^([a-z]+_|overallROI$)"
"""What a figure's field is called: no other field of a snapshot has an underscore within."""


class Snapshot(Kept):
    """The figures of one period. `snapshot_date` is the period's last day, at midnight UTC.

    The figures are fields of the document's top level by their own names (`hook_AvgCTR`), so that a new figure is a line in
    the course's `kpis.yaml`. What was not measured is not there; it is never zero. Money is in minor units of `currency`.

    Ours: `organization_id`, `currency`, `meanings` (the choices that decided what some figures mean), `created_at`,
    `changed_at`; `version` counts its changes, and `unfiled` are those that are not in `snapshotHistory` yet. `deleted_at` is
    only there for the moment between a deletion and its history: such a snapshot holds no figures, and is nowhere shown.
    """

    model_config = ConfigDict(json_schema_extra={"patternProperties": {FIGURE: {"type": "number"}}})

    user_id: str
    organization_id: str
    snapshot_date: datetime
    time_period: str
    notes: str | None = None
    currency: str | None = None
    meanings: Mapping[str, str] = Field(default_factory=dict)
    created_at: datetime
    changed_at: datetime | None = None
    deleted_at: datetime | None = None
    version: int = 0
    unfiled: Mapping[str, SnapshotChange] = Field(default_factory=dict, exclude=True)
    figures: Mapping[str, Stored] = Field(default_factory=dict, exclude=True)

    @property
    def period(self) -> Period | None:
        """The period, or None where it is of a kind that we do not offer."""
        return read_back(self.time_period, self.snapshot_date)

    def document(self) -> dict[str, Any]:
        """The document as it is kept, the figures beside the other fields."""
        return {**super().document(), **self.figures}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """The value that a kept document stands for: every number that is no field of ours is a figure."""
        own = {field.alias or name for name, field in cls.model_fields.items()}
        numbers = {name: value for name, value in document.items() if name not in own and _number(value)}
        return cls.model_validate({**{name: document[name] for name in own & document.keys()}, "figures": numbers})


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
