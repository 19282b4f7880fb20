"""A week of a coach and a student in Slack: asked, shown again, answered in threads, closed; and on Monday written to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from scheduler.worker import RHYTHM
from tests.servers.claude import ClaudeServer
from tests.servers.slack import Person
from tests.servers.slack.reading import Seen
from tests.stories.slack import Office, SlackStudent, open_form

QUICK = replace(RHYTHM, tick_seconds=0.2)
ASKED = "Which price should I take?"


def to_monday(office: Office, hour: int) -> None:
    """Put the clock forward to the next Monday at this hour."""
    now = office.now().astimezone(UTC)
    monday = (now + timedelta(days=(7 - now.weekday()) % 7)).replace(hour=hour, minute=30)
    office.goes_on((monday if monday > now else monday + timedelta(days=7)) - now)


async def told(office: Office, person: Person, words: str) -> Seen:
    """The message with these words, as soon as it came."""
    await office.settled(lambda: any(words in each.text for each in person.answers))
    return next(each for each in reversed(person.answers) if words in each.text)


async def both_type_by_themselves(office: Office, ida: Person, nora: Person) -> Seen:
    """After a letter of Ida's: the letter that she sends then."""
    nora.says("@Ida it is 39 now")
    await nora.presses("Send it to Ida", on=await told(office, nora, "Is this for Ida?"))
    assert "@Ida it is 39 now" in (await told(office, ida, "Nora writes")).text, "and not her number"
    ida.says("Well done")
    await ida.presses("Send it to Nora", on=await told(office, ida, "Is this for Nora?"))
    return await told(office, nora, "Well done")


async def test_a_student_asks_and_is_answered_in_threads_and_the_monday_after_is_written_to(
    office: Office, claude: ClaudeServer
) -> None:
    ida, nora = office.server.person("Ida"), office.server.person("Nora")
    office.server.world.users[ida.id].owner = True
    await office.closes()
    office.rhythm = QUICK
    to_monday(office, 10)
    await office.opens()
    coach, student = SlackStudent(office, ida), SlackStudent(office, nora)
    await coach.types("/cohort new Autumn")
    await student.types("/module tick 0 1")

    await nora.commands("/person", "ask")
    await nora.presses("Add something", on=await told(office, nora, "A person will answer you"))
    await office.settled()
    await nora.submits({"Your words": ASKED})
    letter = await told(office, ida, ASKED)
    office.goes_on(timedelta(hours=24))
    again = await told(office, ida, "has no answer")
    assert ASKED in again.text
    ida.says("Take 39.", thread=letter)
    answer = await told(office, nora, "Ida, your coach, writes")
    assert "Take 39." in answer.text
    answer = await both_type_by_themselves(office, ida, nora)
    asked = nora.says("And for three?", thread=answer)
    await told(office, ida, "And for three?")
    await office.settled(lambda: bool(asked.reactions))
    assert [sign for sign, _ in asked.reactions] == ["white_check_mark"]
    await ida.presses("Settled")
    await told(office, nora, "Ida marked your exchange as settled")
    await student.types("/person")
    student.sees("closed", "And for three?")

    to_monday(office, 9)
    office.goes_on(timedelta(days=7))
    digest = await told(office, ida, "They may need you")
    assert "Nora" in digest.text
    await ida.chooses("Write to", "Nora", on=digest)
    await office.settled()
    form = open_form(ida)
    assert ("Who: Nora" in form.text, [each.label for each in form.fields]) == (True, ["Your words"])
    assert "Hi Nora" in form.field("Your words").value
    await ida.submits({"Your words": "Shall we talk on Thursday?"})
    await told(office, nora, "Shall we talk on Thursday?")
    until = office.now() + timedelta(days=3)
    await student.types("/nudges")
    await student.presses("Weekdays at 9")
    student.sees("Quiet until", f"{until.day} {until:%B}", "since your coach is with you")
    await student.types("/me looks")
    student.sees("Ida: where you are in the course", "Ida: the list of everybody")
    assert claude.requests == [], "none of it was the agents'"
