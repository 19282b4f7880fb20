"""The community question as members read it, and as coaches switch it on and off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from core.cohort.model import Cohort
from core.course.modules import Module
from core.nudges.contract import clock
from core.request import Typed
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OFF = "0"
SUGGESTED_DAY, SUGGESTED_HOUR = 2, 10
"""What the form has in it before anything is set: Tuesday, at ten."""


def question(module: Module) -> Message:
    """What stands in the channel."""
    words = f"{module.community_question.strip()}\n\nAnswer below, and say something to one of the others."
    return Message(cards=(Card(f"Question of the week: {module.step.value}", (Text(words),)),))


def switched(cohort: Cohort, coming: tuple[Module, datetime] | None) -> Message:
    """When it is asked from now on."""
    asked = cohort.question
    change = Buttons((Button("Change", Call("cohort question", form=True)), Button("The cohort's dates", Call("cohort dates"))))
    if asked is None:
        words = "No community question is asked. Each module has one; a day and an hour are enough to switch them on."
        return Message(cards=(Card("Question of the week", (Text(words), change)),), private=True)
    words = (
        f"In each module's week, on {DAYS[asked.day - 1]} at {clock(asked.hour)} (time in {asked.zone}), its question goes to "
        f"the channel of {cohort.name}, once. Catch-up weeks have none."
    )
    if coming is not None:
        module, when = coming
        local = when.astimezone(ZoneInfo(asked.zone))
        words += f"\n\n**Next, on {local:%A} {local.day} {local:%B}:** {module.community_question.strip()}"
    elif cohort.timetable is None:
        words += "\n\nThe cohort has no dates yet, so there is no week to ask in. Set them first."
    else:
        words += "\n\nThe weeks of the course are over, so none is left to ask."
    return Message(cards=(Card("Question of the week", (Text(words), change), Tone.GOOD),), private=True)


def stands(cohort: Cohort) -> str:
    """What is above the form: when the question is asked, or that nothing is and the form only suggests something."""
    asked = cohort.question
    if asked is not None:
        return f"It is asked on {DAYS[asked.day - 1]} at {clock(asked.hour)}, in each module's week."
    day = DAYS[SUGGESTED_DAY - 1]
    return f"No question is asked so far. {day} at {clock(SUGGESTED_HOUR)} is only suggested: nothing is set until you send this."


def values(cohort: Cohort) -> Mapping[str, Typed]:
    """What is set, as the form has it, or what is suggested."""
    asked = cohort.question
    return {"day": str(asked.day if asked else SUGGESTED_DAY), "hour": str(asked.hour if asked else SUGGESTED_HOUR)}
