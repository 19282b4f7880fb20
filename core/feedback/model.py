"""What is kept with an answer or a run of what its asker thought of it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

REASON_AT_MOST = 1_000


class Rating(BaseModel):
    """Whether it helped, why not (in the person's words, or ""), and when they said so last."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    helped: bool
    reason: str = ""
    at: datetime
