"""What the interview shows: its questions, and what comes of words that do not answer them."""

from __future__ import annotations

from core.foundation.cells import Cell, Cells
from core.foundation.mirror import mirrored
from core.foundation.model import OpenInterview
from core.foundation.named import UnknownName, short
from core.foundation.one_by_one import asks_of_each, question_about
from core.foundation.typed import write_cell
from core.foundation.weakness import Weakness
from core.ui import Button, Buttons, Call, Card, Meter, Text, Tone

OPEN_FOR_NOW = Card(
    body=(Text("Then it stays open for now: an empty cell does no harm, a guess does. @Teacher helps when you come back to it."),)
)
NOT_WAITING = Card(body=(Text("That is not waiting any more. Write it again below the question, if it is your answer."),))
IN_PRIVATE = Card(
    "The interview goes on in private",
    (
        Text(
            "The others here need not read your answers, so I ask you alone: in our direct messages, or in a private thread "
            "where yours are closed. The question is on its way; write your answer under it."
        ),
    ),
    tone=Tone.GOOD,
)
SKIP_OR_LEAVE = Buttons((Button("Skip", Call("foundation skip")), Button("Leave it for now", Call("foundation leave"))))
KEEP = Call("foundation keep")
BACK = Call("foundation back")


def question_card(cell: Cell, cells: Cells, about: str, meter: Meter | None = None) -> Card:
    """The question, with how to write its answer."""
    how = "" if cell.kind == "text" or about else " One on each line, or parted by semicolons."
    if asks_of_each(cell) and not about:
        how = " One on each line: its name, a colon, and what they say."
    grid = next(grid for grid in cells.grids if grid.key == cell.grid)
    body = (Text(f"{question_about(cell, about)}{how}"), *((meter,) if meter else ()), SKIP_OR_LEAVE)
    return Card(f"{grid.title}: {cell.title}", body)


def dig_card(cell: Cell, weak: Weakness | None = None) -> Card:
    """The one question that goes deeper, and why where the answer is one that many would give."""
    why = f"Many shops could say that. What the course calls weak here: {cell.weak}\n\n" if weak is Weakness.COMMON else ""
    return Card(body=(Text(f"{why}{cell.dig}\n\nI add your answer to what is there."), SKIP_OR_LEAVE))


def explained_card(cell: Cell) -> Card:
    """What the question means, with the example's answer."""
    example = "\n".join(f"> {line}" for line in write_cell(cell, cell.example).splitlines())
    words = (
        f"I did not save that: it reads like a question. {cell.meaning}\n\n"
        f"For example, Crock & Clover wrote:\n\n{example}\n\nFor a longer answer, ask @Teacher."
    )
    return Card(cell.title, (Text(words),))


def left_card(waiting: Cell | None, about: str, meter: Meter) -> Card:
    """That it was left: which question waits, and how to go on."""
    words = "We stop here; everything you answered is saved."
    if waiting:
        words += f" {_waits(waiting, about)}"
    carry_on = Buttons((Button("Carry on", BACK), Button("Show it all", Call("foundation show"))))
    return Card(body=(Text(words), meter, carry_on))


def saved_card(cell: Cell, said: str, version: int) -> Card:
    """That the answer is saved, with the ways to mend it, and to take it out where it was none. `version`: that this made."""
    ways = (Button("Change it", Call("foundation edit", {"cell": cell.title})), _take_back(cell, version))
    return Card(body=(Text(f"Saved under **{cell.title}**: {said}"), Buttons(ways)), tone=Tone.GOOD)


def taken_back_card(cell: Cell, said: str) -> Card:
    """That an answer stands in its cell no more, and who may be asked it, if it was for them."""
    told = f"Taken back: {mirrored(said)} is not under **{cell.title}** any more."
    return Card(body=(Text(told), Buttons((_to_an_agent("Ask an agent that", said),))))


def changed_since_card(cell: Cell) -> Card:
    """That nothing was taken back."""
    told = f"**{cell.title}** has been changed since I saved that, so I left it as it is."
    ways = (
        Button(f"Change {cell.title}", Call("foundation edit", {"cell": cell.title})),
        Button("History", Call("foundation history")),
    )
    return Card(body=(Text(told), Buttons(ways)))


def doubtful_card(words: str, cell: Cell, about: str) -> Card:
    """Whether the words are an answer; nothing was saved yet."""
    told = f"“{words}”: is that your answer for **{cell.title}**{_of(about)}? Nothing is saved yet."
    return Card(
        body=(Text(told), Buttons((Button("Keep it", KEEP, primary=True), Button("No, go on later", Call("foundation leave")))))
    )


def unsure_card(
    words: str, cell: Cell, about: str, last: Cell | None, belongs: Cell | None = None, *, aside: bool = False
) -> Card:
    """Whether words that may be said to us are the answer; nothing was saved yet. `last`: the cell that they may be about;
    `belongs`: the one where they seem to belong; `aside`: an agent can be asked them.
    """
    ways = [Button("Yes, keep it", KEEP, primary=True)]
    if belongs:
        put = Call("foundation add", {"cell": belongs.title, "text": words})
        ways.append(Button(f"Add it to {belongs.title}", put))
    if aside:
        ways.append(_to_an_agent("Ask an agent that", words))
    ways.append(Button("No, ask again", BACK))
    changes = belongs or last
    if changes:
        ways.append(Button(f"Change {changes.title}", Call("foundation edit", {"cell": changes.title})))
    other = f", or does it belong to **{belongs.title}**" if belongs else ""
    told = f"{mirrored(words)} Is that your answer for **{cell.title}**{_of(about)}{other}? Nothing is saved yet."
    return Card(body=(Text(told), Buttons(tuple(ways))))


def meant_card(words: str, cell: Cell, about: str, before: str = "", last: Cell | None = None) -> Card:
    """Whether words are the answer, below something else than the question; nothing was saved yet. `before`: other words about
    which that was asked, and which are not meant any more. `last`: the cell that the words may be about.
    """
    change = (Button(f"Change {last.title}", Call("foundation edit", {"cell": last.title})),) if last else ()
    told = (
        f"Is this for **{cell.title}**{_of(about)}? {mirrored(words)}\n\nSomething else came here since I asked, so nothing "
        "is saved yet. If it is not, /foundation interview asks that question again."
    )
    told += f"\n\n{_not_saved(before)}" if before else ""
    return Card(
        body=(Text(told), Buttons((Button("Yes, save it", KEEP, primary=True), _to_an_agent("No, ask an agent", words), *change)))
    )


def let_go_card(before: str, cell: Cell) -> Card:
    """That words about which it was asked whether they are the answer are not saved, now that they went on, and the way to save
    them.
    """
    put = Button(f"Put it under {cell.title}", Call("foundation edit", {"cell": f"{cell.title}: {before}"}))
    return Card(body=(Text(_not_saved(before)), Buttons((put,))))


def not_meant_card(words: str, waiting: Cell, about: str) -> Card:
    """That they are not the answer: whom they may be for, and which question waits."""
    told = f"Then nothing of that is saved. {_waits(waiting, about)}"
    return Card(body=(Text(told), Buttons((_to_an_agent("Ask an agent that", words), Button("Carry on", BACK)))))


def beside_card(cell: Cell, said: str, *, added: bool) -> Card:
    """That words were saved under the cell that they name, and not under the one that was asked for. `said`: mirrored."""
    change = Buttons((Button("Change it", Call("foundation edit", {"cell": cell.title})),))
    told = f"{'Added to' if added else 'Saved under'} **{cell.title}**, as you said: {said}\n\nThe question below is still open."
    return Card(body=(Text(told), change), tone=Tone.GOOD)


def replaced_card(cell: Cell, old: str, new: str) -> Card:
    """That one thing stands in the place of another in the last answer."""
    change = Buttons((Button("Change it", Call("foundation edit", {"cell": cell.title})),))
    return Card(body=(Text(f"Changed under **{cell.title}**: “{new}” instead of “{old}”."), change), tone=Tone.GOOD)


def unknown_card(trouble: UnknownName, interview: OpenInterview, names: tuple[str, ...], title: str) -> Card:
    """Of whom the words are: a name that nobody knows becomes none in silence. `title`: the cell that holds the names."""
    fits = f"could be {_either(trouble.among)}" if trouble.among else f"is not under **{title}**: {_either(names)}"
    told = (
        f"“{trouble.name}” {fits}. Nothing is saved yet. Is all of it about **{short(interview.about)}**, or is a name missing?"
    )
    add = Button(f"Change {title}", Call("foundation edit", {"cell": title}))
    return Card(body=(Text(told), Buttons((Button("It is about that", KEEP, primary=True), add))))


def slip_card(about: Cell, *, last: bool, version: int | None = None) -> Card:
    """That the words are about an answer that was given before, and the way to its form. `last`: it is the last one; `version`:
    that it made, where it can be taken back.
    """
    which = "your last answer" if last else "an answer that you gave before"
    words = f"That reads like a change of {which}, so nothing was saved. Its cell is **{about.title}**. "
    words += "If it was your answer to this question, say it in other words."
    change = Button("Change that answer", Call("foundation edit", {"cell": about.title}), primary=True)
    return Card(body=(Text(words), Buttons((change, *((_take_back(about, version),) if version else ())))))


def left_over(left: int, locks: int) -> str:
    """How many questions are left."""
    counted = f"{left} question is left" if left == 1 else f"{left} questions are left"
    return f"{counted}; {locks} of them before Hook opens." if locks else f"{counted}. Hook is open already."


def _take_back(cell: Cell, version: int) -> Button:
    return Button("Take it back", Call("foundation takeback", {"cell": cell.key, "version": str(version)}))


def _to_an_agent(label: str, words: str) -> Button:
    return Button(label, Call("ask", {"agent": "Director", "question": words}))


def _not_saved(before: str) -> str:
    return f"What you wrote before that is not saved: {mirrored(before)}"


def _waits(cell: Cell, about: str) -> str:
    return f"The question for **{cell.title}**{_of(about)} waits: write “back” here, or press Carry on."


def _of(about: str) -> str:
    return f" ({short(about)})" if about else ""


def _either(names: tuple[str, ...]) -> str:
    return "; ".join(short(each) for each in names)
