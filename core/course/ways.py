"""The buttons that lead through a module, from wherever somebody reads."""

from __future__ import annotations

from core.course.modules import Module
from core.ui import Button, Buttons, Call, Menu, Text

LABEL_AT_MOST = 75


def shown(here: Module) -> Call:
    """What opens the module."""
    return Call("module show", {"module": str(here.number)})


def to_the_checklist(here: Module) -> Buttons:
    """The way back from what is read."""
    return Buttons((Button("To the checklist", shown(here)),))


def lesson_button(here: Module, number: int, label: str = "") -> Button:
    """What opens a lesson, by its title where there is no label."""
    call = Call("module lesson", {"module": str(here.number), "lesson": str(number)})
    return Button(fitting(label or here.lessons[number - 1].title), call, primary=label == "Next lesson")


def done_when(here: Module) -> Text:
    """What has to be true before the module is done."""
    return Text("Done when:\n\n" + "\n".join(f"- {each.strip()}" for each in here.done))


def readings(here: Module) -> tuple[Menu, Buttons, Menu]:
    """What opens everything that there is to read in a module, its lessons first, and what runs its prompts."""
    known = {"module": str(here.number)}
    others = (
        ("Grid", "module grid"),
        ("Worksheet", "module worksheet"),
        ("Example", "module example"),
        ("Put it into practice", "module guide"),
        ("Figures", "kpi module"),
    )
    lessons = tuple(lesson_button(here, at) for at in range(1, len(here.lessons) + 1))
    runs = tuple(Button(fitting(here.run(code)), Call("run", {"code": code})) for code in here.prompts)
    ready = Button("All that are ready", Call("run", {"code": f"step:{here.step.value}"}))
    return (
        Menu("Lessons", lessons),
        Buttons(tuple(Button(label, Call(name, known)) for label, name in others)),
        Menu("Prompts", (*runs, ready)),
    )


def fitting(text: str) -> str:
    """The text, cut to what a button's label holds."""
    return text if len(text) <= LABEL_AT_MOST else text[: LABEL_AT_MOST - 1].rstrip() + "…"


def handed_on(here: Module) -> str:
    """What comes of the module, for the modules after it and for the others in the course."""
    return f"*Hands on:* {here.hands_on.strip()}\n\n*For the community:* {here.community_question.strip()}"
