"""How students agree on reminders, and what they say they will do, on every surface and after a restart."""

from __future__ import annotations

import re

from tests.servers.claude import ClaudeServer, Says, calls
from tests.stories.student import Student


async def test_a_time_is_picked_by_one_tap_changed_in_the_form_and_kept(student: Student) -> None:
    await student.types("/nudges")
    student.sees("You have not picked your time yet")
    student.offers("Weekdays at 9", "Monday, Wednesday, Friday at 12", "Evenings at 18", "Choose myself")
    await student.presses("Monday, Wednesday, Friday at 12")
    student.sees("on Monday, Wednesday and Friday at 12:00", "at most 3 times a week", "never from 21:00 to 08:00", "Next")
    await student.presses("Change")
    await student.fills({"Which days": "Tuesday, Thursday", "At what time": "22:00", "Your time zone": "Europe/Paris"})
    student.sees("22:00 was in your quiet hours: these now begin at 23:00.", "on Tuesday and Thursday at 22:00", "23:00 to 08:00")
    await student.presses("Change")
    await student.fills({"At what time": "06:00", "Quiet until": "07:00"})
    student.sees("06:00 lies in your quiet hours, 23:00 to 07:00")
    await student.fills({"At what time": "10:00"})
    student.sees("Kept. This is what we agreed on.", "on Tuesday and Thursday at 10:00", "Europe/Paris")
    await student.leaves()
    await student.comes_back()
    await student.types("/nudges")
    student.sees("on Tuesday and Thursday at 10:00")


async def test_stop_is_one_word_and_the_way_back_one_tap_also_after_a_restart(student: Student) -> None:
    await student.types("/nudges")
    await student.presses("Evenings at 18")
    await student.types("Stop.")
    student.sees("Stopped: I do not remind you of anything any more.")
    student.offers("Start again")
    await student.leaves()
    await student.comes_back()
    await student.types("/nudges")
    student.sees("Your reminders are stopped")
    await student.presses("Start again")
    student.sees("I remind you again.", "every day at 18:00")
    await student.presses("Pause")
    await student.fills({"Pause until": "2020-01-01"})
    student.sees("That day is over. Choose tomorrow or a later day.")


async def test_a_commitment_is_made_in_words_moved_and_done(student: Student) -> None:
    await student.types("/commit finish the Hook headlines in 3 days")
    student.sees("Noted:", "finish the Hook headlines", "I ask you about it that day.")
    await student.types("/commitments")
    student.sees("finish the Hook headlines", "open")
    await student.leaves()
    await student.comes_back()
    await student.types("/home")
    student.sees("You said you would", "finish the Hook headlines")
    await student.presses("Done")
    student.sees("done. You said it, and you did it.")
    await student.types("/commit")
    await student.fills({"What will you do?": "One hook a day", "By when?": "someday"})
    student.sees("I do not know that day.")
    await student.fills({"By when?": "tomorrow"})
    student.sees("One hook a day")


async def test_an_agent_notes_a_commitment_on_the_students_tap(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.extend([calls("commit", what="five hooks", by="in 3 days"), Says(("Save it if that is right.",))])
    await coached.types("@Guide I will write five hooks in three days")
    coached.sees("Save it if that is right.", "Commit to this?", "five hooks")
    await coached.presses("Save")
    coached.sees("Noted:", "five hooks")
    await coached.types("/commitments")
    coached.sees("five hooks", "open")


async def test_an_agent_who_hears_of_a_promise_knows_it_and_moves_it_on_the_students_tap(
    coached: Student, claude: ClaudeServer
) -> None:
    await coached.types("/commit photograph the boxes in 3 days")
    claude.replies.append(Says(("Good morning.",)))
    await coached.types("@Guide good morning to you, where were we?")
    (promise,) = set(re.findall(r"\bcmt_\w+", str(claude.requests[-1]["system"])))
    claude.replies.extend(
        [calls("settle_commitment", promise=promise, came="another day", day="in 9 days"), Says(("It waits for your tap.",))]
    )
    await coached.types("@Guide the boxes ran late at the printer's and will be here next week, so more like in nine days")
    coached.sees("It waits for your tap.", "photograph the boxes")
    (label,) = re.findall(r"Move it to \w+ \d+ \w+", coached.shown)
    await coached.presses(label)
    coached.sees("Noted:", "photograph the boxes")
    await coached.types("/commitments")
    coached.sees("photograph the boxes", label.removeprefix("Move it to "), "open")


async def test_what_is_typed_below_the_question_for_the_next_thing_is_kept_and_claude_is_not_asked(
    coached: Student, claude: ClaudeServer
) -> None:
    await coached.types("/commit finish the Hook headlines in 3 days")
    await coached.types("/home")
    await coached.presses("Done")
    coached.sees("done. You said it, and you did it. What is the next thing, and by when?")
    await coached.types("photograph the new boxes in 4 days")
    coached.sees("Noted:", "photograph the new boxes", "I ask you about it that day.")
    assert claude.requests == []
    await coached.types("/commitments")
    coached.sees("photograph the new boxes", "open", "finish the Hook headlines", "done")
    claude.replies.append(Says(("Begin with the light.",)))
    await coached.types("light the boxes well in 5 days")
    coached.sees("Begin with the light.")


async def test_a_day_typed_below_the_question_when_it_is_likely_moves_the_commitment_and_claude_is_not_asked(
    coached: Student, claude: ClaudeServer
) -> None:
    await coached.types("/commit list three boxes tomorrow")
    await coached.types("/home")
    await coached.presses("Done")
    await coached.presses("Not done after all")
    coached.sees("is open again, and that happens. When is it likely now?")
    await coached.types("one broke, I need a new one first, so in 4 days")
    coached.sees("Noted:", "list three boxes", "I ask you about it that day.")
    assert claude.requests == []
    claude.replies.append(Says(("Wrap them well.",)))
    await coached.types("one broke, so in 5 days")
    coached.sees("Wrap them well.")


async def test_a_time_typed_below_the_card_that_asks_for_it_is_kept(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.append(Says(("Write to them in the evening.",)))
    await coached.types("evenings at 18")
    coached.sees("Write to them in the evening.")
    await coached.types("/nudges")
    coached.sees("You have not picked your time yet")
    await coached.types("saturdays 8am")
    coached.sees("Kept.", "on Saturday at 08:00", "Next")
    coached.offers("Change")
    assert len(claude.requests) == 1


async def test_the_plan_has_dates(student: Student) -> None:
    await student.types("/plan")
    student.sees("Your coach has set no dates yet", "0 Foundation", "Catch up", "9 Share")
