"""What is known of those who ask without Claude, built on the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bots.door import following_of
from bots.written import Written
from core.cohort.service import Cohorts
from core.course.service import Progress
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.help.own_cells import OwnCells
from core.home.ahead import OwnPlaces
from core.llm.ports import Own
from core.playbook.unsaved import Unsaved
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.foundation import FoundationRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.runs import ExecutionRecord


def own_of(database: Database, course: Written, clock: Callable[[], datetime]) -> Own:
    """Their cells, their runs and their places in the course, all of them only read."""
    record = FoundationRecord(database)
    foundations = Foundations(record, course.cells)
    progress = Progress(ProgressRecord(database), course.modules, AssetRecord(database), Share(record, foundations))
    following = following_of(progress, Cohorts(CohortRecord(database), PeopleRecord(database)))
    runs = Unsaved(ExecutionRecord(database), course.playbook, clock)
    return Own(OwnCells(foundations), runs, OwnPlaces(following, clock))
