"""The board of the week that is over, in the cohort's channel on Monday: a coach's wish, and only those who agreed are on it."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from core.board import views
from core.board.actions import monday_of
from core.board.ports import BoardStore
from core.board.ranks import SHARED_AT_LEAST, Span
from core.board.service import Boards
from core.cohort.model import BoardPost, Cohort
from core.cohort.service import Cohorts
from core.errors import Refusal
from core.nudges.times import local_date, moment
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.reach import direct_of

HOUR = 9
"""When it is posted, in the cohort's own time zone."""
LATE = timedelta(hours=1)
"""A post that could not leave within this has gone stale: meanwhile somebody on it may have left the board."""
DAY = timedelta(days=1)
AT_ONCE = 100

log = structlog.get_logger()


class NowhereToPost(Refusal):
    """Your cohort has no channel yet. Say /cohort here in the one where it meets."""


class BoardPosts:
    """Posts boards, each once for each week."""

    def __init__(self, store: BoardStore, boards: Boards, cohorts: Cohorts, outbox: Outbox) -> None:
        self._store = store
        self._boards = boards
        self._cohorts = cohorts
        self._outbox = outbox

    async def switch(self, coach: Person, at: datetime, *, on: bool) -> Cohort:
        """Post the board of the coach's cohort each Monday from now on, or not any more.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: it is not clear whose.
            NowhereToPost: the cohort has no channel.
        """
        cohort, home = await self._cohorts.own(coach), direct_of(coach)
        if not on:
            return await self._cohorts.post_board(coach, None, None)
        if cohort.channel is None or home is None:
            raise NowhereToPost()
        post = BoardPost(platform=home.platform, workspace=home.workspace)
        return await self._cohorts.post_board(coach, post, next_post(cohort, at))

    async def tick(self, at: datetime) -> int:
        """Post what is due; returns for how many cohorts that was. A Monday on which nobody was there is left out."""
        posted = 0
        for cohort in await self._store.due(at, AT_ONCE):
            posted += await self._post(cohort, at)
            await self._store.looked(cohort, next_post(cohort, at))
        return posted

    async def _post(self, cohort: Cohort, at: datetime) -> bool:
        """Whether it was posted: not where the cohort is over, nor of so few that it would tell more of who is not on it."""
        if cohort.board_post is None or cohort.channel is None or cohort.archived_at is not None:
            return False
        monday = monday_of(at, cohort.zone)
        board = await self._boards.of(cohort, Span.LAST, at)
        if local_date(cohort.zone, at) != monday or len(board.standings.rows) < SHARED_AT_LEAST:
            return False
        letter = new_letter(
            f"board:{cohort.id}:{monday.isoformat()}",
            cohort.board_post.address(cohort.channel),
            views.posted(board),
            organization_id=cohort.organization_id,
            at=at,
            until=at + LATE,
        )
        added = await self._outbox.add(letter)
        if added:
            log.info("board posted", cohort=cohort.id)
        return added


def next_post(cohort: Cohort, at: datetime) -> datetime:
    """The next Monday's hour in the cohort's own time zone, in UTC."""
    day = monday_of(at, cohort.zone)
    while (when := moment(cohort.zone, day, HOUR)) <= at:
        day += 7 * DAY
    return when
