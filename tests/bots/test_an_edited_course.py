"""`ELEVATE_CONTENT_DIR`: what a course author writes into a copy of the course is in the program, without a line of code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.contents import SHIPPED
from tests.bots.test_main import elevate

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
    ran = elevate(tmp_path, lines=lines, ELEVATE_CONTENT_DIR=str(course))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Teacher" in ran.stdout
    assert "Saved: Parcel note." in ran.stdout
    assert "The note in the parcel: Crunch before you open the lid" in ran.stdout
    assert "Parcel note headline" in ran.stdout
    assert "Saves of a post" in ran.stdout


def test_the_course_as_shipped_has_none_of_them(tmp_path: Path) -> None:
    ran = elevate(tmp_path, lines="@chalkboard\n/foundation edit parcel note\n/run H77\n/kpi show bookmarks of a post\n")
    assert ran.returncode == 0
    for word in ("Saved", "Parcel note headline", "Saves of a post"):
        assert word not in ran.stdout


def test_a_changed_text_of_the_course_is_the_text_that_is_shown(tmp_path: Path, course: Path) -> None:
    insert(course / "agents" / "teacher.md", "Ask Teacher why something works", "Ask Teacher about sourdough")
    ran = elevate(tmp_path, lines="/agents\n", ELEVATE_CONTENT_DIR=str(course))
    assert "sourdough" in ran.stdout


def test_a_mistake_in_the_copy_is_named_where_it_matters_and_stops_nothing_else(tmp_path: Path, course: Path) -> None:
    insert(course / "kpis.yaml", "    unit: percent\n", "    unit: bananas\n")
    checked = elevate(tmp_path, "content", "check", ELEVATE_CONTENT_DIR=str(course))
    assert checked.returncode == 1
    assert "kpis.yaml" in checked.stderr
    ran = elevate(tmp_path, lines="/kpi show ctr\n/foundation\n", ELEVATE_CONTENT_DIR=str(course))
    assert ran.returncode == 0
    assert ran.stdout.index("kpis.yaml:") < ran.stdout.index("0 of 9")
