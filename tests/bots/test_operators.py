"""`elevate db`, `elevate jobs`, `elevate export` and `elevate erase`, as their own process."""

from __future__ import annotations

import asyncio
import io
import json
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pexpect

from bots.start import END_IT, OR_A_COPY
from bots.terminal.who import account
from core.jobs import new_job
from core.people.service import People
from persistence.embedded import open_embedded
from persistence.jobs import JobRecord
from persistence.people import PeopleRecord
from tests.bots.test_main import elevate, elevated, environment
from tests.records import NOON

PATIENCE_SECONDS, AGAIN_SECONDS = 30, 5
IN_USE = "Another Elevate is already using the data folder"


def person_id(folder: Path) -> str:
    """The id of whoever writes at this terminal, who is met here."""

    async def met() -> str:
        database = await open_embedded(folder / "data")
        await database.prepare()
        person = await People(PeopleRecord(database)).meet(account(), NOON)
        await database.close()
        return person.id

    return asyncio.run(met())


def test_the_record_is_shown_before_and_after_anybody_used_it(tmp_path: Path) -> None:
    ran = elevate(tmp_path, "db")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Pending migrations: 0001 indexes and validators" in ran.stdout
    assert "Applied 0001" in elevate(tmp_path, "db", "migrate").stdout
    assert elevated(tmp_path, "db", "migrate").stdout == "Nothing to migrate.\n"
    elevated(tmp_path, lines="/me\n")
    ran = elevated(tmp_path, "db")
    assert re.search(r"^persons +1  by_identity,", ran.stdout, re.MULTILINE)
    assert "No pending migrations." in ran.stdout


async def _set_aside(data_dir: Path) -> str:
    database = await open_embedded(data_dir)
    await database.prepare()
    jobs = JobRecord(database)
    job = await jobs.add(new_job("run", {}, organization_id="org_one", at=NOON), claimed_by="one")
    assert job is not None
    await jobs.failed(job, "Claude could not be reached.", NOON, None)
    await database.close()
    return job.id


async def test_work_that_was_set_aside_is_shown_and_retried(tmp_path: Path) -> None:
    row_id = await _set_aside(tmp_path / "data")
    shown = elevate(tmp_path, "jobs")
    assert shown.returncode == 0
    assert f"\n{row_id}\n" in shown.stdout
    assert "Claude could not be reached." in shown.stdout
    retried = elevate(tmp_path, "jobs", "retry", row_id)
    assert (retried.returncode, retried.stderr) == (0, "")
    assert "Nothing is set aside." in elevated(tmp_path, "jobs").stdout
    again = elevated(tmp_path, "jobs", "retry", row_id)
    assert again.returncode == 1
    assert again.stdout.count("\n") == 1


def test_a_persons_data_becomes_a_new_private_file(tmp_path: Path) -> None:
    person = person_id(tmp_path)
    ran = elevate(tmp_path, "export", person, "--out", "mine.zip")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "mine.zip").stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(tmp_path / "mine.zip") as zipped:
        (kept,) = json.loads(zipped.read("json/persons.json"))
    assert kept["_id"] == person
    taken = elevated(tmp_path, "export", person, "--out", "mine.zip")
    assert (taken.returncode, taken.stdout, taken.stderr.count("\n")) == (1, "", 1)
    elevated(tmp_path, "export", person)
    (named,) = tmp_path.glob("elevate-*.zip")
    assert person in named.name


def test_erasing_on_a_pipe_wants_yes(tmp_path: Path) -> None:
    person = person_id(tmp_path)
    ran = elevated(tmp_path, "erase", person, lines="ERASE\n")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "Nothing was erased. Add --yes to erase without being asked.\n"
    assert elevated(tmp_path, "export", person, "--out", "still.zip").returncode == 0
    done = elevate(tmp_path, "erase", person, "--yes")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"Erased everything that was kept of {person}.")
    gone = elevated(tmp_path, "export", person, "--out", "gone.zip")
    assert (gone.returncode, gone.stdout, gone.stderr.count("\n")) == (1, "", 1)
    assert not (tmp_path / "gone.zip").exists()


def _ended(talk: pexpect.spawn[str]) -> bool:
    """Whether it ends in the moments after it has let go of its terminal: to wait without a limit was for ever once."""
    until = time.monotonic() + AGAIN_SECONDS
    while talk.isalive():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)  # another process cannot be awaited: it is looked at again
    return True


def _on_a_terminal(folder: Path, *words: str, typed: str) -> tuple[int, str]:
    """Run it on a terminal, and type when it asks; its exit status and all that was shown.

    Ctrl-C in the very moment between the question and the waiting for its answer goes unheard in Python: it is pressed again.
    """
    env = {**environment(folder / "data"), "PYTHONFAULTHANDLER": "1"}  # so that it says where it stands when it is aborted
    talk = pexpect.spawn(
        sys.executable,
        ["-m", "bots", *words],
        cwd=str(folder),
        env=env,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    )
    talk.logfile_read = io.StringIO()
    try:
        talk.expect_exact("go on: ")
        for _ in range(round(PATIENCE_SECONDS / AGAIN_SECONDS)):
            talk.send(typed)
            if talk.expect_exact([pexpect.EOF, pexpect.TIMEOUT], timeout=AGAIN_SECONDS) == 0 and _ended(talk):
                break
        else:
            stands = Path(f"/proc/{talk.pid}/status").read_text()
            talk.kill(signal.SIGABRT)
            talk.expect_exact(pexpect.EOF)
            raise AssertionError(f"it did not end when {typed!r} was typed: {talk.logfile_read.getvalue()}\n{stands}")
    finally:
        talk.close(force=True)
    return talk.exitstatus or 0, talk.logfile_read.getvalue()


def test_on_a_terminal_erasing_says_whom_and_asks_for_the_word(tmp_path: Path) -> None:
    person = person_id(tmp_path)
    for typed, status in (("yes\n", 1), ("\x03", 130), ("\x04", 130)):
        ran = _on_a_terminal(tmp_path, "erase", person, typed=typed)
        assert ran[0] == status
        assert "Nothing was erased." in ran[1]
    status, shown = _on_a_terminal(tmp_path, "erase", person, typed="ERASE\n")
    assert status == 0
    assert account().identity in shown
    assert f"Erased everything that was kept of {person}." in shown


def test_nobody_of_that_name_is_a_line_and_status_1(tmp_path: Path) -> None:
    for words in (("export", "nobody@example.com"), ("erase", "nobody@example.com", "--yes")):
        ran = elevated(tmp_path, *words)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
        assert "nobody@example.com" in ran.stderr
        assert ran.stderr.endswith("By a name you find the id with: elevate nudges preview --person NAME\n")
    ran = elevated(tmp_path, "erase", "Maria Silva", "--yes")
    assert ran.stderr.endswith("elevate nudges preview --person 'Maria Silva'\n"), "never by a name itself: two may have it"


def test_while_an_elevate_uses_the_same_data_that_is_said(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bots"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(b"/me\n")
        child.stdin.flush()
        child.stdout.readline()
        reading = "db", "jobs", "export x", "coach", "nudges plan", "nudges preview --person x"
        changing = "jobs retry x", "erase x --yes", "db migrate", "coach add x", "content publish"
        tried = [(advice, elevated(tmp_path, *words.split())) for advice, words in _both(reading, changing)]
        child.communicate(timeout=30)
    for advice, ran in tried:
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1), ran.args
        assert IN_USE in ran.stderr
        assert ran.stderr.endswith(f"{advice}\n"), "another folder would be an empty record"


def _both(reading: Sequence[str], changing: Sequence[str]) -> list[tuple[str, str]]:
    return [*((OR_A_COPY, each) for each in reading), *((END_IT, each) for each in changing)]
