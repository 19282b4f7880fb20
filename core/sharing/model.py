"""What was shown to one person, and may be wanted again."""

from __future__ import annotations

from datetime import datetime

from core.record import Kept


class Shown(Kept):
    """A message or a form (`core.parcels`) that one platform account was shown; forgotten after thirty days."""

    identity: str
    parcel: str
    shown_at: datetime
