"""A cohort's board: three agree to be on it, the fourth is nowhere, and on Monday the channel reads the week before once."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

from core.request import Actor, Platform
from tests.stories.cohort import becomes_coach
from tests.stories.slack import Office, SlackStudent

DAY = timedelta(days=1)


def to_noon_on(office: Office, weekday: int) -> None:
    """Put the clock forward to noon (UTC) of the next such day; 0 is Monday."""
    local = office.now().astimezone(UTC)
    noon = local.replace(hour=12, minute=0, second=0)
    noon += ((weekday - noon.weekday()) % 7) * DAY
    office.goes_on((noon if noon > local else noon + 7 * DAY) - local)


async def test_in_slack_three_share_and_the_channel_reads_of_them_on_monday(office: Office, tmp_path: Path) -> None:
    cora, maria, nora, omar, silvia = (office.server.person(name) for name in ("Cora", "Maria", "Nora", "Omar", "Silvia"))
    room = office.server.channel("cohort-7", cora, maria, nora, omar, silvia)
    await office.closes()
    await becomes_coach(tmp_path, Actor(Platform.SLACK, office.server.team.id, cora.id, "Cora"))
    to_noon_on(office, 3)
    await office.opens()
    coach = SlackStudent(office, cora)
    await coach.types("/cohort new Spring")
    await cora.commands("/cohort", "here", room)
    first, second, third, other = students = [SlackStudent(office, each) for each in (maria, nora, omar, silvia)]
    for student in students:
        await student.types("/module tick Hook 1")
    await third.types("/module tick Hook 2")
    await first.types("/me board")
    first.sees("You are on no board.", "The others would see", "1 point this week")
    for each in (first, second):
        await each.types("/me board on")
    await first.types("/cohort board")
    first.sees("Fewer than 3 share yet")
    await third.types("/me board")
    await third.presses("Put me on the board")
    third.sees("You are on the board of Spring.")
    await first.types("/cohort board")
    first.sees("The board of Spring", "Omar", "2", "Also at it", "Nora", "Maria (you)")
    first.sees_no("Silvia")
    await other.types("/cohort board")
    other.sees("Omar", "You are not on it")
    other.sees_no("Silvia")
    await coach.types("/cohort board")
    await coach.presses("Post it on Mondays")
    coach.sees("On Mondays at 9:00")
    await office.closes()
    to_noon_on(office, 0)
    await office.opens()
    await office.settled(lambda: any("Last week in Spring" in each.text for each in cora.messages(channel=room)))
    [read] = [each.text for each in cora.messages(channel=room) if "Last week in Spring" in each.text]
    assert "Omar" in read
    assert "Silvia" not in read
    await third.types("/me board off")
    third.sees("Done: your name is gone.", "You are on no board.")
    await first.types("/cohort board last")
    first.sees("Fewer than 3 share yet")
    first.sees_no("Omar")
