"""Person, account and organization."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from pydantic import Field

from core.record import Kept
from core.roles import Role

SHARES_FIGURES = "figuresShared"
"""The setting that names the organization somebody shares figures with; one that they link with later is not meant."""


class Onboarding(StrEnum):
    """How far an account has come in the course, in the schema's words."""

    NOT_STARTED = "Not Started"
    FOUNDATION_COMPLETE = "Foundation Complete"
    COURSE_COMPLETE = "Course Complete"


class User(Kept):
    """An account; everything that a student makes belongs to one. `email` and `image` are as the account has them."""

    name: str
    email: str | None = None
    image: str | None = None
    onboarding_status: Onboarding = Onboarding.NOT_STARTED


class Organization(Kept):
    """A Slack workspace, a Discord guild or a terminal. Ours: `platform` and `workspace`, which name it there."""

    name: str
    owner_id: str
    platform: str
    workspace: str


class Person(Kept):
    """A person in an organization.

    Ours: `identities` (the platform accounts, each `platform:workspace:user`), `timezone` (IANA name), `locale`,
    `settings` (what was settled once, such as the currency) with `settled_at` (when each was), `introduced_at` (when they told us
    who they are), `invited_at` (when they came who were expected: their name is then the one that their coach gave), `cohort_id`
    (the cohort that they joined), `untold` (they joined it without their doing, and it was not said to them yet), `boards` (the
    cohorts on whose board they agreed to be), `digest_of` (the Monday of the last digest that a coach was sent), `created_at`.
    """

    user_id: str
    organization_id: str
    name: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    role: Role = Role.STUDENT
    avatar_url: str | None = None
    metadata: Mapping[str, str] = Field(default_factory=dict)
    identities: tuple[str, ...] = ()
    timezone: str = "UTC"
    locale: str = "en-GB"
    settings: Mapping[str, str] = Field(default_factory=dict)
    settled_at: Mapping[str, datetime] = Field(default_factory=dict)
    cohort_id: str | None = None
    untold: bool = False
    boards: tuple[str, ...] = ()
    digest_of: str | None = None
    introduced_at: datetime | None = None
    invited_at: datetime | None = None
    created_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone, for reading and writing times."""
        return _zone(self.timezone)

    def settled(self, key: str) -> datetime:
        """When a setting was settled, as far as that is known."""
        return self.settled_at.get(key, self.created_at)

    @property
    def at_a_terminal(self) -> bool:
        """Whether they came by a terminal alone, where every account is an Admin, though it is there to learn."""
        return {each.partition(":")[0] for each in self.identities} == {"terminal"}

    @property
    def shares_figures(self) -> bool:
        """Whether the person agreed to share their figures with this organization."""
        return self.settings.get(SHARES_FIGURES) == self.organization_id


@lru_cache(maxsize=128)
def _zone(name: str) -> ZoneInfo:
    """`ZoneInfo` remembers eight by itself, and reads a file again for the ninth."""
    return ZoneInfo(name)
