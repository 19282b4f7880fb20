"""What a page of one's own is: a path, a title, and a handler that says by type what it needs, as handlers of commands do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bots.web.render import Drawing
from core.home.dashboard import Entered
from core.people.model import Person
from core.request import Actor
from core.roles import Role


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody looks at a page: who, when, what stands behind the question mark of its address, and what draws for them.

    `anew`: their browser had it open and shows it once more by itself, since something changed.
    """

    entered: Entered
    at: datetime
    query: Mapping[str, str]
    draw: Drawing
    anew: bool = False

    @property
    def person(self) -> Person:
        """Who looks."""
        return self.entered.person

    @property
    def actor(self) -> Actor:
        """The account in whose name they act."""
        return self.entered.session.actor(self.person.name)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be seen: the template of `templates/`, and what it is given besides `visit`, `draw` and `ways`."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    title: str = ""
    status: int = 200


class Of(Enum):
    """Whose students a page is of."""

    NOBODY = "no cohort"
    ONE = "the cohort that the coach looks after"
    ALL = "all cohorts"


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page: its handler takes `Visit`, `Person` and any service that wiring built, and returns `Shown`.

    `needs`: who may see it, everybody where it is empty. `listed`: it stands in the navigation. `of`: whose students a page of
    coaches is of, where there are several cohorts. `alive`: while it is open it shows by itself what changed. What shows one
    student to coaches does not: each look at a student is one that a coach took.
    """

    path: str
    title: str
    show: Callable[..., Awaitable[Shown]]
    needs: frozenset[Role] = frozenset()
    listed: bool = True
    of: Of = Of.NOBODY
    alive: bool = True

    def is_open_to(self, person: Person) -> bool:
        """Whether the person may see it."""
        return not self.needs or person.role in self.needs
