"""When somebody reads an announcement: at its hour in their own time zone, and never in their quiet hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.community.model import Announcement, To
from core.nudges.model import NudgePreferences
from core.nudges.times import hours_end, moment, quiet_ends

FIRST, LAST = ZoneInfo("Etc/GMT-14"), ZoneInfo("Etc/GMT+12")
"""Where a day begins first on earth, and where last. The signs are the other way round in these names."""
ROOM = timedelta(minutes=30)
"""What is left of a reader's day must be at least this, or the message waits until after the quiet hours."""
CHANNEL_LATE = timedelta(hours=12)
"""After so long a message to a channel is of no use any more."""


def moment_in(announcement: Announcement, zone: ZoneInfo) -> datetime:
    """When it is to be read in that zone; where that hour was over when the coach sent it off, then."""
    began = announcement.began_at or announcement.created_at
    planned = hour_in(announcement, zone)
    return max(began, planned) if planned else began


def turn(announcement: Announcement, zone: ZoneInfo) -> tuple[datetime, datetime, str]:
    """By what announcements that are read in that zone follow each other: their moment, and where that is the same, when they
    were sent off."""
    return moment_in(announcement, zone), announcement.began_at or announcement.created_at, announcement.id


def hour_in(announcement: Announcement, zone: ZoneInfo) -> datetime | None:
    """Its hour in that zone; None for at once."""
    day, hour = announcement.day, announcement.hour
    return None if day is None or hour is None else moment(zone, day, hour)


def window(announcement: Announcement, wishes: NudgePreferences, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when and until when somebody can be written to: outside their quiet hours, and on one of their days."""
    due = quiet_ends(wishes, zone, moment_in(announcement, zone))
    until = hours_end(wishes, zone, due)
    if until - due < ROOM:
        due = quiet_ends(wishes, zone, until)
        until = hours_end(wishes, zone, due)
    return due, until


def first_look(announcement: Announcement) -> datetime:
    """When the first reader on earth may be written to."""
    zone = ZoneInfo(announcement.zone) if announcement.to is To.CHANNEL else FIRST
    return moment_in(announcement, zone)


def last_moment(announcement: Announcement) -> datetime:
    """When the hour has come in the last zone on earth."""
    return moment_in(announcement, LAST)
