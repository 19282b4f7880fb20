"""The words of reminders: complete, short, kind, taking turns, and never read as Markdown that somebody slipped in."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date
from pathlib import Path

import pytest

from core.cohort.timetable import Timetable
from core.contents import SHIPPED, Flawed
from core.nudges.deciding import decide
from core.nudges.model import Kind, Nudge, Tone
from core.nudges.reasons import PLACEHOLDERS, Theme
from core.nudges.words import Templates, flaws
from core.plain import message
from core.ui import Button, Buttons
from tests.core.nudges.learners import AT, PERSON, WISHES, learner, nudge, promise
from tests.core.nudges.test_rules import FIRES, TODAY, Case

TEMPLATES = Templates()
UNKIND = re.compile(
    r"\b(late|behind schedule|overdue|missed|should have|forgot|failed|must|still haven't|last chance)\b|!", re.IGNORECASE
)


def test_the_words_as_shipped_are_in_order() -> None:
    assert [str(each) for each in flaws(SHIPPED, TEMPLATES)] == []


def test_no_template_scolds_or_shouts_and_each_is_concrete_and_short() -> None:
    for theme, tones in TEMPLATES.file.themes.items():
        for tone in Tone:
            for name, text in tones.of(tone).items():
                assert UNKIND.search(text) is None, name
                assert {each for each in text if not each.isascii()} <= set("“”’"), name
                assert any(f"{{{each}}}" in text for each in PLACEHOLDERS[theme]), name
                assert len(text) <= 240 if tone is Tone.WARM else "\n" not in text.strip(), name


@pytest.mark.parametrize("case", FIRES, ids=lambda case: f"{case.kind}: {case.says}")
@pytest.mark.parametrize("tone", list(Tone))
def test_every_planted_learner_reads_whole_sentences_on_a_phone(case: Case, tone: Tone) -> None:
    others = tuple(each for each in Kind if each is not case.kind)
    today = case.known.today(case.at).isoweekday()
    wishes = case.known.wishes.model_copy(update={"tone": tone, "stopped_kinds": others, "days": (today,)})
    known = learner(**{name: getattr(case.known, name) for name in case.known.__dataclass_fields__} | {"wishes": wishes})
    decision = decide(known, case.at, words=TEMPLATES)
    assert decision.message is not None
    text = decision.message.text
    rows = [row for card in decision.message.cards for row in card.body if isinstance(row, Buttons)]
    first = [each.primary for row in rows for each in row.items if isinstance(each, Button)]
    assert sum(first) <= 1, "one step stands out"
    assert "{" not in text
    assert "  " not in text
    assert len(text) < 420
    assert len(text.split("\n\n_Why now")[0].splitlines()) <= 2
    assert "Why now: " in message(decision.message)


@pytest.mark.parametrize(("hour", "hourly", "tonight"), [(10, True, True), (19, True, False), (20, False, False)])
def test_it_is_put_off_only_until_a_time_that_is_kept(hour: int, hourly: bool, tonight: bool) -> None:
    """Quiet hours begin at 21."""
    at = AT.astimezone(PERSON.zone).replace(hour=hour, minute=5)
    asked = learner(commitments=[promise(TODAY)], wishes=WISHES.model_copy(update={"hour": hour}))
    decision = decide(asked, at.astimezone(UTC), words=TEMPLATES)
    assert decision.message is not None
    shown = message(decision.message)
    assert ("[In 1 hour]" in shown, "[Tonight]" in shown, "[Tomorrow]" in shown) == (hourly, tonight, True)


def test_templates_take_turns_and_the_one_used_longest_ago_comes_next() -> None:
    sent: list[Nudge] = []
    names = list(TEMPLATES.file.themes[Theme.STALLED].warm)
    for day in range(8):
        picked = TEMPLATES.pick(Theme.STALLED, Tone.WARM, sent)
        sent.insert(0, nudge(Kind.STALLED, 60 - day, template=picked.name))
    assert [each.template for each in reversed(sent)] == names * 2


def test_what_people_wrote_is_shown_as_they_wrote_it() -> None:
    sly = promise(TODAY).model_copy(update={"what": "*bold* [here](https://example.org) <!channel>"})
    decision = decide(learner(commitments=[sly]), AT, words=TEMPLATES)
    assert decision.message is not None
    assert "*bold* [here](https://example.org) <!channel>" in message(decision.message)
    assert re.search(r"(?<!\\)[*\[\]<>]", decision.message.text) is None


def test_a_welcome_shows_the_plan_with_its_dates() -> None:
    decision = decide(learner(wishes=WISHES.model_copy(update={"chosen_at": None})), AT, words=TEMPLATES)
    assert decision.message is not None
    shown = message(decision.message)
    assert "Module 0, Foundation: from 7 December" in shown
    assert "A week to catch up: from 4 January\nModule 4, Engage: from 11 January" in shown
    assert shown.count("A week to catch up") == 3
    assert "without you" not in shown
    weeks = Timetable(date(2026, 3, 30), catch_up_after=())
    late = learner(wishes=WISHES.model_copy(update={"chosen_at": None}), timetable=weeks, in_cohort=True)
    told = decide(late, AT, words=TEMPLATES).message
    assert told is not None
    assert "nothing of it has closed: begin with the first" in message(told)
    assert "catch up" not in message(told), "where no week is free"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{module} is close: {left} to go.", "{modul} is close: {left} to go.", "{modul} is nothing that nearly-done fills in"),
        ("{module} is close: {left} to go.", "{module} is close: {left to go.", "no partner"),
        ("      stalled-brief-one:", "      stalled-brief:", "here twice"),
        ("      stalled-brief-one:", "      drafts-brief:", "two templates are called drafts-brief"),
        ('      stalled-brief-one: "One item of {module}: {item}."\n', "", "there are 3 templates"),
        ("One item of {module}: {item}.", "word " * 40, "a phone shows 150"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    shutil.copy(SHIPPED / "nudges.yaml", tmp_path)
    file = tmp_path / "nudges.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    found = [str(each) for each in flaws(tmp_path, Templates(tmp_path))]
    assert any(says in each for each in found), found


def test_a_theme_that_is_missing_is_named_and_one_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "nudges.yaml").read_text()
    (tmp_path / "nudges.yaml").write_text(text.partition("  drafts:\n")[0])
    assert [each.what for each in flaws(tmp_path, Templates(tmp_path))] == ["the theme drafts is missing"]
    (tmp_path / "nudges.yaml").write_text(text.replace("  drafts:\n", "  draughts:\n"))
    with pytest.raises(Flawed, match="draughts"):
        list(flaws(tmp_path, Templates(tmp_path)))
