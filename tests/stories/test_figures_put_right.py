"""Figures: typed plainly, which link is the weakest, and what was logged wrongly, put right, deleted and brought back."""

from __future__ import annotations

from tests.stories.student import Student


async def test_the_weakest_link_is_found_and_leads_to_what_to_do(student: Student) -> None:
    await student.types("/kpi log ctr 2.2% opt-in 1.2% leads 240 review rate 6%")
    await student.presses("Save")
    await student.types("/kpi report")
    student.sees("Weak", "Your weakest link is Gift.", "People click, and then do not take the gift.")
    await student.presses("What to do about it")
    student.sees("Opt-in 1.2%, short of what others reach", "Said pains (still empty)")
    student.offers("Run G3", "Said pains", "Module Gift")
    await student.presses("Module Gift")
    student.sees("Module 2, Gift")


async def test_a_figure_is_corrected_taken_out_and_its_history_tells_it(student: Student) -> None:
    await student.types("/kpi log ctr 21% leads 240")
    await student.presses("Save all the same")
    await student.types("/kpi history")
    student.sees("1 period", "2 figures")
    await student.presses(student.choices("Open a period")[0])
    await student.presses("Correct")
    await student.fills({"Click-through rate (%)": "2.1", "New leads (number)": "-"})
    student.sees("Click-through rate: 21% → 2.1%", "New leads: 240 → taken out")
    await student.presses("This period")
    student.sees("corrected by you", "logged by you")
    await student.presses("Delete")
    student.sees("1 figure would go")
    await student.presses("Delete it")
    await student.types("/kpi report")
    student.sees("Nothing is logged yet")
    await student.types("/kpi history")
    await student.presses(student.choices("Put one back")[0])
    student.sees("are as they were")
    await student.presses("See the report")
    student.sees("2.1%")
    student.sees_no("240")


async def test_figures_typed_again_below_a_read_back_put_it_right_and_one_save_keeps_all(student: Student) -> None:
    await student.types("/kpi log ctr 1.8% leads 12")
    student.sees("1.8%", "12")
    await student.types("leads were 14 not 12")
    student.sees("I read these figures", "1.8%", "New leads: 14 (was 12).", "As before: Click-through rate 1.8%.")
    student.sees_no("could not place")
    await student.presses("Save")
    student.sees("Saved for", "1.8%", "14")
    await student.types("/kpi report")
    student.sees("1.8%", "14")


async def test_a_yes_below_the_figures_that_were_read_saves_them_and_a_no_says_how_to_put_them_right(student: Student) -> None:
    await student.types("/kpi log leads 240 conversion 3%")
    student.sees("What do you count your sales against")
    await student.types("the visits")
    student.sees("I read these figures", "240")
    student.offers("Save", "Change")
    await student.types("that's wrong")
    student.sees("Nothing of that is saved", "leads 204")
    await student.types("leads 204")
    student.sees("New leads: 204 (was 240).")
    await student.types("ok save")
    student.sees("Saved for", "204")
    await student.types("oh no it was 214 leads")
    student.sees("I read these figures", "New leads: 214 (was 204).")
    await student.types("yes please")
    student.sees("Saved for", "214")


async def test_figures_that_are_typed_without_a_command_are_read_back_and_saved_with_a_yes(student: Student) -> None:
    await student.types("last week 9 orders and 14 leads")
    student.sees("I read these figures", "Orders", "New leads", "last 7 days")
    student.offers("Save", "Change")
    student.sees_no("Saved for")
    await student.types("yes")
    student.sees("Saved for", "14")
    await student.types("my goal is 20 orders")
    student.sees_no("I read these figures")
