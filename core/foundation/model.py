"""The Foundation as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from core.foundation.cells import Cell, Value
from core.foundation.history import FoundationChange, Mark, slug
from core.foundation.typed import is_filled
from core.record import Kept

SUMMARY = "strategicBlueprintSummary"


class OpenInterview(BaseModel):
    """An interview that waits for an answer: which cell, where it is held, and whether the digging question was asked.

    `seen` is the version of the Foundation at the question: where the cell was changed after it, the answer is asked for again.
    `answer` is the event of the last answer that was saved, `answered` its cell, and `held` what that held before: for whoever
    changes what they wrote. `asked_at`: when the question was put, where that is known.
    `about` is which of several it asks about, such as a rival by its name, and `answered_about` which the last answer was about.
    `doubtful` is what may be its answer or an aside, until they say which. `paused`: they left, and it waits until they are back.
    `passed`: they looked at something else since it was put, so words are asked about before they are its answer. `quiet`: they
    turned to something else, and it takes no words until it is asked for again. `talked`: an agent spoke below it.
    """

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)

    cell: str
    place: str
    dug: bool = False
    seen: int | None = None
    answer: str = ""
    answered: str = ""
    held: str = ""
    asked_at: datetime | None = None
    about: str = ""
    answered_about: str = ""
    doubtful: str = ""
    paused: bool = False
    passed: bool = False
    quiet: bool = False
    talked: bool = False

    @property
    def open(self) -> bool:
        """Whether words may be its answer."""
        return not (self.paused or self.quiet)

    def as_put(self, **changed: object) -> OpenInterview:
        """The same question with nothing come below it yet, and with these fields changed."""
        return self.model_copy(
            update={"paused": False, "passed": False, "quiet": False, "talked": False, "doubtful": "", **changed}
        )


class Foundation(Kept):
    """What a student knows of company, market and customer.

    Ours: `version` counts the changes, `interview` is an open interview, `organization_id` is where it was begun, `marks` says
    when each cell was last changed (by its key, with `-` for the dots) and `skips` when its question was last skipped, and
    `unfiled` holds changes, by their ids, that were made and are not in `foundationHistory` yet.
    """

    user_id: str
    organization_id: str
    company_context: Mapping[str, Value] = Field(default_factory=dict)
    market_awareness: Mapping[str, Value] = Field(default_factory=dict)
    customer_avatar: Mapping[str, Value] = Field(default_factory=dict)
    strategic_blueprint_summary: str | None = None
    last_updated_at: datetime
    version: int = 0
    interview: OpenInterview | None = None
    marks: Mapping[str, Mark] = Field(default_factory=dict)
    skips: Mapping[str, datetime] = Field(default_factory=dict)
    unfiled: Mapping[str, FoundationChange] = Field(default_factory=dict)

    def value(self, field: str) -> Value | None:
        """What the field holds, by its path (`customerAvatar.pains`), or None."""
        if field == SUMMARY:
            return self.strategic_blueprint_summary
        grid, _, name = field.partition(".")
        match grid:
            case "companyContext":
                return self.company_context.get(name)
            case "marketAwareness":
                return self.market_awareness.get(name)
            case "customerAvatar":
                return self.customer_avatar.get(name)
            case _:
                return None

    def mark(self, key: str) -> Mark | None:
        """When the cell of this key was last changed, or None."""
        return self.marks.get(slug(key))

    def skipped_at(self, cell: Cell) -> datetime | None:
        """When the cell's question was last skipped, or None."""
        return self.skips.get(slug(cell.key))

    def has(self, cell: Cell) -> bool:
        """Whether the cell is answered."""
        return is_filled(cell, self.value(cell.field))
