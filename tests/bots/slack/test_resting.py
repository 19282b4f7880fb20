"""Whoever has asked Slack for quiet is left in quiet, as far as Slack tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bots.slack.resting import Resting
from core.request import Address, Platform
from tests.bots.passing import Time
from tests.bots.slack.sending import Sent
from tests.servers.slack import Person, SlackServer

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def direct(slack: SlackServer, maria: Person) -> Address:
    """Maria's direct messages."""
    return Address(Platform.SLACK, slack.world.users[maria.id].team, f"@{maria.id}")


@pytest.mark.parametrize(
    ("begins", "ends", "until"),
    [(-1, 2, NOON + 2 * HOUR), (0, 1, NOON + HOUR), (1, 2, None), (-2, 0, None)],
    ids=["in the midst of it", "as it begins", "before it", "as it ends"],
)
async def test_they_rest_until_their_hours_end(
    slack: SlackServer, maria: Person, sent: Sent, begins: int, ends: int, until: datetime | None
) -> None:
    slack.world.users[maria.id].rests = (int((NOON + begins * HOUR).timestamp()), int((NOON + ends * HOUR).timestamp()))
    assert await Resting(sent.api, lambda: NOON).undisturbed_until(direct(slack, maria), NOON) == until


async def test_who_has_no_such_hours_does_not_rest(slack: SlackServer, maria: Person, sent: Sent) -> None:
    assert await Resting(sent.api, lambda: NOON).undisturbed_until(direct(slack, maria), NOON) is None
    at_a_channel = Address(Platform.SLACK, "T1", "C1")
    assert await Resting(sent.api, lambda: NOON).undisturbed_until(at_a_channel, NOON) is None
    assert len([each for each in slack.calls if each.method == "dnd.info"]) == 1


async def test_without_the_permission_nobody_is_asked_again_for_an_hour(slack: SlackServer, maria: Person, sent: Sent) -> None:
    time, to = Time(), direct(slack, maria)
    resting = Resting(sent.api, time.now)
    slack.world.users[maria.id].rests = (int((time.now() - HOUR).timestamp()), int((time.now() + 9 * HOUR).timestamp()))
    token = slack.world.tokens[slack.bot_token]
    granted = token.scopes
    token.scopes = tuple(each for each in granted if each != "dnd:read")
    assert [await resting.undisturbed_until(to, time.now()) for _ in range(3)] == [None] * 3
    assert len([each for each in slack.calls if each.method == "dnd.info"]) == 1
    token.scopes = granted
    time.passes(HOUR.total_seconds())
    assert await resting.undisturbed_until(to, time.now()) is not None


async def test_somebody_whom_slack_does_not_know_may_be_written_to(slack: SlackServer, maria: Person, sent: Sent) -> None:
    nobody = Address(Platform.SLACK, direct(slack, maria).workspace, "@U404")
    assert await Resting(sent.api, lambda: NOON).undisturbed_until(nobody, NOON) is None
