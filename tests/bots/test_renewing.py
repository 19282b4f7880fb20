"""What a course author saves is in the running program, and what is half saved is not."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bots.renewing import EVERY_SECONDS, Renewing
from bots.written import Written, read_course
from core.agents.roster import Roster
from core.contents import SHIPPED
from core.course.modules import Course
from core.playbook.prompts import Playbook


class Author:
    """Edits a copy of the course, which a program has read."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.course: Written = read_course(content).read_whole()
        self.published = 0
        self.waited: list[float] = []
        self.renewing = Renewing(self.course, self._publish, self._wait)

    def saves(self, file: str, old: str, new: str) -> None:
        """Change a file."""
        path = self.content / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    async def _publish(self, roster: Roster, playbook: Playbook, course: Course) -> None:
        assert (roster, playbook, course) == self.course.published
        self.published += 1

    async def _wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        if len(self.waited) == 2:
            self.saves("prompts/Hook/H1.md", "title: Pain headlines", "title: Headlines that hurt")
        if len(self.waited) > 3:
            raise asyncio.CancelledError


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """With a copy of the whole course."""
    return Author(Path(shutil.copytree(SHIPPED, tmp_path / "content")))


async def test_what_is_saved_is_seen_by_all_who_hold_a_part_of_the_course(author: Author) -> None:
    course = author.course
    assert course.playbook.named("H1").title == "Pain headlines"
    author.saves("prompts/Hook/H1.md", "title: Pain headlines", "title: Headlines that hurt")
    author.saves("modules/1-hook.yaml", "title: Make the right person stop", "title: Stop the right person")
    author.saves("foundation.yaml", "title: What we sell", "title: Our things")
    author.saves("kpis.yaml", "title: Click-through rate", "title: Rate of clicks")
    author.saves("agents/teacher.md", "aliases: [tutor", "aliases: [mentor, tutor")
    assert await author.renewing.look()
    assert course.playbook.named("H1").title == "Headlines that hurt"
    assert course.modules.module(1).title == "Stop the right person"
    assert course.cells.named("our things")[0].field == "companyContext.coreOffers"
    assert course.metrics.named("rate of clicks").field == "hook_AvgCTR"
    assert course.roster.named("mentor").role == "Teacher"
    assert author.published == 1


async def test_where_nothing_was_saved_nothing_is_done(author: Author) -> None:
    assert not await author.renewing.look()
    assert author.published == 0


async def test_a_course_with_mistakes_is_not_taken_over_until_they_are_gone(author: Author) -> None:
    author.saves("prompts/Hook/H1.md", "requires: [customerAvatar.pains", "requires: [customerAvatar.panes")
    assert not await author.renewing.look()
    assert author.course.playbook.named("H1").requires[0] == "customerAvatar.pains"
    assert author.published == 0
    author.saves("prompts/Hook/H1.md", "customerAvatar.panes", "customerAvatar.pains")
    author.saves("prompts/Hook/H1.md", "title: Pain headlines", "title: Headlines that hurt")
    assert await author.renewing.look()
    assert author.course.playbook.named("H1").title == "Headlines that hurt"


async def test_a_file_that_is_added_is_taken_over_and_one_that_is_taken_away_too(author: Author) -> None:
    spare = author.content / "prompts" / "Any" / "O9.md"
    spare.write_text((author.content / "prompts/Any/O2.md").read_text().replace("code: O2", "code: O9"), encoding="utf-8")
    assert await author.renewing.look()
    assert "O9" in author.course.playbook.by_code
    spare.unlink()
    assert await author.renewing.look()
    assert "O9" not in author.course.playbook.by_code


async def test_it_looks_again_and_again(author: Author) -> None:
    with pytest.raises(asyncio.CancelledError):
        await author.renewing.run()
    assert set(author.waited) == {EVERY_SECONDS}
    assert author.course.playbook.named("H1").title == "Headlines that hurt"
