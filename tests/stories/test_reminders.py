"""How students agree on reminders, and what they say they will do, on every surface and after a restart."""

from __future__ import annotations

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
    student.sees("22:00 lies in your quiet hours, 21:00 to 08:00")
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


async def test_the_plan_has_dates(student: Student) -> None:
    await student.types("/plan")
    student.sees("Your coach has set no dates yet", "0 Foundation", "Catch up", "9 Share")
