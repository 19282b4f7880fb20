"""`ELEVATE_CONTENT_DIR`: what a course author writes into a copy of the course is in the program, without a line of code."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bots.settings import Settings
from bots.wiring import build
from core.contents import SHIPPED
from core.ids import new_id
from core.plain import message
from core.request import Address, Asked, Platform
from core.ui import Message
from tests.bots.test_main import Run, elevate, elevated
from tests.students import NOON, TERMINAL

HERE = Address(Platform.TERMINAL, "home", "nora")

CELL = """    extras:
      - field: companyContext.parcelNote
        title: Parcel note
        kind: text
        meaning: The words on the card that lies in every parcel.
        question: What does the card in your parcels say?
        dig: Who wrote it, and when was it last changed?
        example: Press the lid, wait a week, taste.
        weak: Thank you for your order.

"""
METRIC = """
  - field: hook_SavesPerPost
    title: Saves of a post
    short: saves
    aliases: [bookmarks of a post]
    level: Attract
    step: Hook
    definition: How often a post was saved, on average.
    formula: saves ÷ posts
    unit: count
    better: higher
    hard: [0, 1000000]
    where: The insights of the post, in the app in which you posted it.
"""
PROMPT = """---
code: H77
title: Parcel note headline
step: Hook
description: One headline made of the note in your parcels.
output: One line
asset: Headlines
customer_facing: true
requires: [companyContext.parcelNote]
uses: []
ask: []
---
## Role
You write headlines.

## Objective
One headline.

## Context
The note in the parcel: {companyContext.parcelNote}

## Key instructions
1. One line.

## Examples
Press, wait, taste.

## Tone and format
Plain.
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the course as shipped."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "course"))


def insert(file: Path, before: str, text: str) -> None:
    """Put the text before the first place where that stands."""
    whole = file.read_text(encoding="utf-8")
    assert before in whole
    file.write_text(whole.replace(before, text, 1), encoding="utf-8")


def test_an_alias_a_cell_a_figure_and_a_prompt_are_there_for_having_been_written(tmp_path: Path, course: Path) -> None:
    insert(course / "agents" / "teacher.md", "aliases: [", "aliases: [chalkboard, ")
    insert(course / "foundation.yaml", "    extras:\n", CELL)
    with (course / "kpis.yaml").open("a", encoding="utf-8") as kpis:
        kpis.write(METRIC)
    (course / "prompts" / "Hook" / "H77.md").write_text(PROMPT, encoding="utf-8")

    checked = elevate(tmp_path, "content", "check", ELEVATE_CONTENT_DIR=str(course))
    assert (checked.returncode, checked.stderr) == (0, "")
    lines = (
        "@chalkboard\n/foundation edit parcel note\nCrunch before you open the lid\n"
        "/run H77\n/run Hook\n/kpi show bookmarks of a post\n"
    )
    ran = elevated(tmp_path, lines=lines, ELEVATE_CONTENT_DIR=str(course))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Teacher" in ran.stdout
    assert "Saved: Parcel note." in ran.stdout
    assert "The note in the parcel: Crunch before you open the lid" in ran.stdout
    assert "Parcel note headline" in ran.stdout
    assert "Saves of a post" in ran.stdout


def test_the_course_as_shipped_has_none_of_them(tmp_path: Path) -> None:
    ran = elevated(tmp_path, lines="@chalkboard\n/foundation edit parcel note\n/run H77\n/kpi show bookmarks of a post\n")
    assert ran.returncode == 0
    for word in ("Saved", "Parcel note headline", "Saves of a post"):
        assert word not in ran.stdout


def test_a_changed_text_of_the_course_is_the_text_that_is_shown(tmp_path: Path, course: Path) -> None:
    insert(course / "agents" / "teacher.md", "Ask Teacher why something works", "Ask Teacher about sourdough")
    ran = elevated(tmp_path, lines="/agents\n", ELEVATE_CONTENT_DIR=str(course))
    assert "sourdough" in ran.stdout


def test_a_mistake_in_the_copy_is_named_where_it_matters_and_stops_nothing_else(tmp_path: Path, course: Path) -> None:
    insert(course / "kpis.yaml", "    unit: percent\n", "    unit: bananas\n")
    checked = elevated(tmp_path, "content", "check", ELEVATE_CONTENT_DIR=str(course))
    assert checked.returncode == 1
    assert "kpis.yaml" in checked.stderr
    ran = elevated(tmp_path, lines="/kpi show ctr\n/foundation\n", ELEVATE_CONTENT_DIR=str(course))
    assert ran.returncode == 0
    assert ran.stdout.index("kpis.yaml:") < ran.stdout.index("0 of 9")


def test_only_what_changed_is_published_and_nothing_of_a_course_with_mistakes(tmp_path: Path, course: Path) -> None:
    def published(begun: Callable[..., Run] = elevated) -> Run:
        return begun(tmp_path, "content", "publish", ELEVATE_CONTENT_DIR=str(course))

    assert published(elevate).stdout == "Published what had changed: 70 prompts, 10 modules, 12 agents.\n"
    hook = course / "modules" / "1-hook.yaml"
    insert(hook, "title: Make", "objektive: x\ntitle: Make")
    wrong = published()
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "modules/1-hook.yaml:3: objektive" in wrong.stderr
    insert(hook, "objektive: x\ntitle: Make", "title: Let")
    assert published().stdout == "Published what had changed: 0 prompts, 1 module, 0 agents.\n"


async def test_a_running_program_takes_over_what_is_saved(tmp_path: Path, course: Path) -> None:
    settings = Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path, "ELEVATE_CONTENT_DIR": course})
    said = ""
    async with build(settings) as program, asyncio.timeout(30):
        insert(course / "agents" / "teacher.md", "Ask Teacher why something works", "Ask Teacher about sourdough")
        while "sourdough" not in said:
            asked = Asked(id=new_id("evt"), actor=TERMINAL, address=HERE, at=NOON, command="agents")
            answer = await program.app.handle(asked)
            assert isinstance(answer, Message)
            said = message(answer)
