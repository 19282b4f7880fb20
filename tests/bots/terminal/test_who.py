"""The account of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from zoneinfo import available_timezones

import pytest

from bots.terminal.who import account, place
from core.request import Platform


def test_the_account_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "maria")
    actor = account()
    assert (actor.platform, actor.workspace, actor.user) == (Platform.TERMINAL, "terminal", "maria")
    assert actor.name


@pytest.mark.parametrize("zone", ["Europe/London", "Not/AZone", ":/nowhere", ""])
def test_the_time_zone_is_guessed_and_a_wrong_one_is_no_trouble(zone: str) -> None:
    code = "from bots.terminal.who import account; print(account().timezone)"
    ran = subprocess.run([sys.executable, "-c", code], env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True)
    guess = ran.stdout.strip()
    assert ran.stderr == ""
    assert guess == zone if zone in available_timezones() else guess in {*available_timezones(), "None"}


def test_what_is_written_to_an_account_by_itself_is_shown_by_the_terminal_that_it_has_started() -> None:
    who = account()
    assert who.direct.surface == place(who).surface
    assert who.direct.surface != replace(who, user=f"{who.user}2").direct.surface
