"""The cohort: its timetable, and what coaches see and do."""
