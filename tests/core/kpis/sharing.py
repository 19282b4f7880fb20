"""What compares figures, over a record."""

from __future__ import annotations

from core.cohort.service import Cohorts
from core.kpis.comparisons import Comparisons
from core.kpis.service import Snapshots
from core.people.service import People
from persistence.cohorts import CohortRecord
from persistence.compared import ComparedRecord
from persistence.documents import Database
from persistence.people import PeopleRecord


def comparing(database: Database, snapshots: Snapshots, people: People) -> Comparisons:
    """One's own figures beside those of one's cohort."""
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    return Comparisons(ComparedRecord(database), snapshots, people, cohorts)
