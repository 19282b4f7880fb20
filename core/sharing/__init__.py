"""Showing others what was shown to one person alone."""
