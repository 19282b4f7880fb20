"""The board of a cohort: who did what the course asks for, among those who agreed to be on it."""
