"""The course's collections, brought up to date with its files: copies for other programs to read."""

from __future__ import annotations

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


async def publish(database: Database, roster: Roster, playbook: Playbook, course: Course) -> None:
    """Write what changed. Where a file has a mistake or the record is away, that is logged, and the next start tries again."""
    try:
        await roster.publish(AgentsRecord(database))
        await PromptRecord(database).publish(list(playbook.by_code.values()))
        await CourseRecord(database).publish(course.modules())
    except Trouble as trouble:
        log.warning("course not published", trouble=type(trouble).__name__, why=trouble.message)
