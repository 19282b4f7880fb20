"""The pages, in the order in which they stand in the navigation: a new one is a file here, and a line below."""

from __future__ import annotations

from bots.web.pages import WebPage
from bots.web.views import (
    assets,
    board,
    coach_cohort,
    coach_prompts,
    coach_reminders,
    coach_student,
    coach_students,
    coach_usage,
    coach_week,
    course,
    foundation,
    kpis,
    settings,
)

COACHES = (
    coach_week.PAGE,
    coach_cohort.PAGE,
    coach_students.PAGE,
    coach_student.PAGE,
    coach_reminders.PAGE,
    coach_usage.PAGE,
    coach_prompts.PAGE,
)
PAGES: tuple[WebPage, ...] = (course.PAGE, foundation.PAGE, kpis.PAGE, assets.PAGE, board.PAGE, settings.PAGE, *COACHES)
