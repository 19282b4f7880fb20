"""Documents of collections that are kept ready for features to come: their names, shapes and indexes stand from the start.

A feature that comes to use one of these takes its model along into its own folder.
"""

from __future__ import annotations

from datetime import datetime

from core.record import Kept


class Activity(Kept):
    """A sign of life: what someone did, without what they wrote. `about` names what it was done to, by its id."""

    person_id: str
    user_id: str
    organization_id: str
    at: datetime
    kind: str
    about: str | None = None
