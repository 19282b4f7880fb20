"""Reminders that people ask for themselves, in a command or in their own words."""
