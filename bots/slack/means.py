"""What everything that is shown in Slack is sent with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bots.lanes import Lanes
from bots.slack.api import Api
from bots.slack.delivery import Drawing
from bots.slack.faces import Faces
from bots.slack.posting import Posting
from bots.slack.remedies import Abilities
from bots.slack.uploads import Uploads
from core.holding import Clock, Wait


@dataclass(frozen=True, slots=True)
class Means:
    """One of each, for the whole process."""

    api: Api
    draw: Drawing
    faces: Faces
    abilities: Abilities
    lanes: Lanes
    posting: Posting
    uploads: Uploads
    now: Clock
    wait: Wait

    @classmethod
    def over(cls, api: Api, draw: Drawing, faces: Faces, *, now: Clock, wait: Wait) -> Self:
        """The means to show things over this API."""
        abilities = Abilities(now)
        return cls(api, draw, faces, abilities, Lanes(), Posting(api, wait), Uploads(api, abilities, wait), now, wait)
