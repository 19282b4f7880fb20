"""What a person may be in the course."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The schema's words, and Coach."""

    STUDENT = "Student"
    COACH = "Coach"
    ADMIN = "Admin"
    TEAM_MEMBER = "Team Member"
    PROSPECT_CONTACT = "Prospect Contact"


COACHING = frozenset({Role.COACH, Role.ADMIN})
"""Those who look after a cohort."""
