"""`elevate nudges`: what would go out, to whom, and why nothing else, as its own process."""

from __future__ import annotations

import re
from pathlib import Path

from bots.terminal.who import account
from tests.bots.test_main import elevate, elevated


def test_an_operator_sees_what_would_go_out_and_every_rule_with_its_reason(tmp_path: Path) -> None:
    name = "Wilma of the tests"
    lines = f"/me edit name: {name} timezone: Europe/Madrid\n/nudges\n1\n"
    assert elevated(tmp_path, lines=lines).returncode == 0
    ran = elevate(tmp_path, "nudges", "preview", "--person", account().identity, "--at", "2027-03-01T08:30Z")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "would go to terminal" in ran.stdout
    for rule in ("weekly number", "quiet hours", "commitment", "kpi-due", "drafts", "review"):
        assert re.search(rf"^  (fires|does not|kept|not kept) +{rule} +\S", ran.stdout, re.MULTILINE), rule
    quiet = elevated(tmp_path, "nudges", "preview", "--person", account().identity, "--at", "2027-03-01T23:30Z")
    assert "Nothing would go out." in quiet.stdout
    assert re.search(r"^  not kept +quiet hours +It is quiet", quiet.stdout, re.MULTILINE)
    planned = elevate(tmp_path, "nudges", "plan")
    assert (planned.returncode, planned.stderr) == (0, "")
    assert re.search(r"^\w{3} \d+ \w{3} \d\d:\d\d ", planned.stdout, re.MULTILINE)


def test_who_is_not_there_and_what_is_no_time_is_told_plainly(tmp_path: Path) -> None:
    nobody = elevated(tmp_path, "nudges", "preview", "--person", "nobody")
    assert nobody.returncode == 1
    assert "There is nobody with the id, account, address or name “nobody”." in nobody.stderr
    never = elevated(tmp_path, "nudges", "preview", "--person", "nobody", "--at", "yesterday")
    assert never.returncode == 2
    assert "Write it as 2026-12-01T09:00Z" in never.stderr
    assert elevated(tmp_path, "nudges", "plan").stdout == "Nobody is looked at in the coming week.\n"
