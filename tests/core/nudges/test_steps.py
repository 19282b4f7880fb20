"""The buttons of reminders: each leads to a command that takes what it brings, and is small enough to be carried."""

from __future__ import annotations

import pytest

from bots.discord import calls
from core.assets.commands import COMMANDS as ASSETS
from core.command import Command, Problems, parameters, read, rest_of
from core.commitments.commands import COMMANDS as COMMITMENTS
from core.course.commands import COMMANDS as COURSE
from core.foundation.commands import COMMANDS as FOUNDATION
from core.home.commands import COMMANDS as HOME
from core.ids import made_id
from core.kpis.commands import COMMANDS as KPIS
from core.kpis.logging_commands import COMMANDS as LOGGING
from core.nudges.commands import COMMANDS as NUDGES
from core.nudges.deciding import decide
from core.nudges.model import Kind
from core.nudges.words import Templates
from core.ports import VIA
from core.ui import Button, Buttons
from tests.core.nudges.learners import learner
from tests.core.nudges.test_rules import FIRES, Case

WORDS = Templates()
BY_NAME: dict[str, Command] = {
    each.name: each for each in (*ASSETS, *COMMITMENTS, *COURSE, *FOUNDATION, *HOME, *KPIS, *LOGGING, *NUDGES)
}  # fmt: skip


@pytest.mark.parametrize("case", FIRES, ids=lambda case: f"{case.kind}: {case.says}")
def test_every_button_of_a_reminder_leads_to_a_command_that_takes_what_it_brings(case: Case) -> None:
    others = tuple(each for each in Kind if each is not case.kind)
    wishes = case.known.wishes.model_copy(update={"stopped_kinds": others, "days": (case.known.today(case.at).isoweekday(),)})
    long_ids = [each.model_copy(update={"id": made_id("cmt", each.id)}) for each in case.known.commitments]
    kept = {name: getattr(case.known, name) for name in case.known.__dataclass_fields__}
    decision = decide(learner(**kept | {"wishes": wishes, "commitments": long_ids}), case.at, words=WORDS)
    assert decision.message is not None
    rows = [each for card in decision.message.cards for each in card.body if isinstance(each, Buttons)]
    for at, button in enumerate(each for row in rows for each in row.items if isinstance(each, Button)):
        call = button.call
        assert len(calls.written(call, at)) <= calls.CHARACTERS
        assert 0 < len(button.label) <= 45
        values = {name: value for name, value in call.values.items() if name != VIA}
        args = BY_NAME[call.command].args
        assert values.keys() <= {each.name for each in parameters(args)} or rest_of(args), call
        wrong = read(args, values)
        assert not isinstance(wrong, Problems) or wrong.missing == wrong.found.keys(), call
