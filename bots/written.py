"""The course as its author wrote it, ready to be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.agents.roster import Roster, read_roster
from core.course.modules import Course
from core.foundation.cells import Cells
from core.kpis.imports.exports import Exports
from core.kpis.metrics import Metrics
from core.llm.prices import Prices
from core.nudges.words import Templates
from core.playbook.prompts import Playbook


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of the course in the folder `content`. Each file is read when it is first wanted."""

    content: Path
    roster: Roster
    cells: Cells
    modules: Course
    playbook: Playbook
    metrics: Metrics
    prices: Prices
    reminders: Templates
    exports: Exports

    @property
    def published(self) -> tuple[Roster, Playbook, Course]:
        """The parts that the record keeps copies of."""
        return self.roster, self.playbook, self.modules

    def read_whole(self) -> Written:
        """This course, with every file read.

        Raises:
            Flawed: a file has mistakes.
        """
        self.modules.modules()
        _ = self.cells.by_field, self.playbook.by_code, self.metrics.by_name, self.prices.by_name, self.prices.dearest
        _ = self.reminders.file, self.exports.file
        return self

    def renew(self, anew: Written) -> None:
        """Be the other course from now on, for all who hold a part of this one."""
        self.roster.renew(anew.roster)
        self.cells.renew(anew.cells)
        self.modules.renew(anew.modules)
        self.playbook.renew(anew.playbook)
        self.metrics.renew(anew.metrics)
        self.prices.renew(anew.prices)
        self.reminders.renew(anew.reminders)
        self.exports.renew(anew.exports)


def read_course(content: Path) -> Written:
    """The course in this folder.

    Raises:
        Flawed: the agents' files have mistakes, or there is no module.
    """
    roster = read_roster(content / "agents")
    files = (Cells(content), Course(content), Playbook(content), Metrics(content), Prices(content), Templates(content))
    return Written(content, roster, *files, Exports(content))
