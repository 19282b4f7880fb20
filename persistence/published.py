"""The course's collections, brought up to date with its files: copies for other programs to read."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from core.agents.roster import Roster
from core.course.modules import Course
from core.errors import Trouble
from core.playbook.prompts import Playbook
from persistence.agents import AgentsRecord
from persistence.course import CourseRecord
from persistence.documents import Database
from persistence.prompts import PromptRecord

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Published:
    """How many of each were written, since they had changed."""

    agents: int
    prompts: int
    modules: int


async def bring_up_to_date(database: Database, roster: Roster, playbook: Playbook, course: Course) -> Published:
    """Write what changed; a prompt's `digest` then names its version, as the runs of it do.

    Raises:
        Flawed: a file has mistakes.
        StoreTrouble: the record is away.
    """
    return Published(
        agents=await roster.publish(AgentsRecord(database)),
        prompts=await PromptRecord(database).publish(list(playbook.by_code.values())),
        modules=await CourseRecord(database).publish(course.modules()),
    )


async def publish(database: Database, roster: Roster, playbook: Playbook, course: Course) -> None:
    """Write what changed. Where a file has a mistake or the record is away, that is logged; the next time tries again."""
    try:
        await bring_up_to_date(database, roster, playbook, course)
    except Trouble as trouble:
        log.warning("course not published", trouble=type(trouble).__name__, why=trouble.message)
