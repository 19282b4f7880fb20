"""Course files that do not fit together are named with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.content_check import check
from core.contents import SHIPPED


def test_the_course_as_shipped_is_in_order() -> None:
    assert [str(flaw) for flaw in check(SHIPPED)] == []


def test_exports_name_figures_and_counts_that_there_are(copy: Path) -> None:
    path = copy / "exports.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("{figure: spend, sum: spend}", "{figure: luck, sum: spend}", 1), encoding="utf-8")
    assert any("exports.yaml" in str(flaw) and "there is no figure luck" in str(flaw) for flaw in check(copy))
    path.write_text(whole.replace("sum: spend}", "sum: luck}", 1), encoding="utf-8")
    assert any("spend is made of luck, which no column gives" in str(flaw) for flaw in check(copy))
    path.write_text(whole.replace("sum: spend}", "sum: spend, top: spend, bottom: clicks}", 1), encoding="utf-8")
    assert any("exactly one of" in str(flaw) for flaw in check(copy))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A course author's own copy."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "content"))


Edit = Callable[[str], str]
WORDY = "a word " * 500


def replaced(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def cut(start: str, end: str) -> Edit:
    """Without what stands from the start up to the end."""

    def edit(text: str) -> str:
        head, found, rest = text.partition(start)
        assert found
        assert end in rest
        return head + end + rest.partition(end)[2]

    return edit


@pytest.mark.parametrize(
    ("file", "edit", "says"),
    [
        ("prompts/Hook/H1.md", replaced("{customerAvatar.fears}", "{customerAvatar.fearz}"), "{customerAvatar.fearz} stands in"),
        ("prompts/Hook/H1.md", replaced("{customerAvatar.fears}", "their fears"), "customerAvatar.fears is listed, and never"),
        ("prompts/Hook/H1.md", replaced("requires: [customerAvatar.pains,", "requires: [customerAvatar.pain,"), "no cell and no"),
        ("prompts/Hook/H1.md", replaced("title: Pain", "titel: Pain"), "titel: Extra inputs"),
        ("prompts/Hook/H1.md", replaced("## Tone and format", "## Tone"), "the headings must be"),
        ("prompts/Hook/H2.md", replaced("code: H2", "code: H1"), "H1 is used twice"),
        ("prompts/Hook/H1.md", replaced("[[\nWhat happens", "What happens"), "has no partner"),
        ("modules/1-hook.yaml", replaced("prompts: [H", "prompts: [X9, H"), "there is no prompt X9"),
        ("modules/1-hook.yaml", replaced("kpis: [hook_AvgCTR", "kpis: [hook_Luck"), "there is no figure hook_Luck"),
        ("modules/1-hook.yaml", replaced("objective:", "objektive:"), "objective: Field required"),
        ("foundation.yaml", replaced("unlocks: true", "unlocks: false"), "10 cells unlock Hook"),
        ("foundation.yaml", replaced("kind: text", "kind: poem"), "Input should be"),
        ("foundation.yaml", replaced("grids:", "grids: ["), ""),
        ("kpis.yaml", replaced("unit: percent", "unit: bananas"), "unit"),
        ("diagnosis.yaml", replaced("prompts: [H1, H2, H3]", "prompts: [H1, H99]"), "there is no prompt H99"),
        ("diagnosis.yaml", replaced("main: hook_AvgCTR", "main: hook_Nothing"), "there is no figure hook_Nothing"),
        ("diagnosis.yaml", replaced("cells: [customerAvatar.pains,", "cells: [customerAvatar.paynes,"), "there is no cell"),
        ("diagnosis.yaml", replaced("money: 8", "money: 7"), "as near the money as each other"),
        ("diagnosis.yaml", replaced("rests_on: [views]", "rests_on: [looks]"), "there is no volume looks"),
        ("diagnosis.yaml", replaced("{step: Hook, why: A hook", "{step: Share, why: A hook"), "is no earlier step"),
        ("diagnosis.yaml", cut("    weak: hook_AvgCTR\n", "    says: Of those"), "either weak or ratio"),
        ("kpis.yaml", replaced("Attract: [gift_OptInRate", "Attract: [sell_AOV_Initial"), "there is no figure sell_AOV"),
        ("prompts/Hook/H1.md", replaced("step: Hook", "step: Hooks"), "Input should be 'Foundation', 'Hook'"),
        ("prompts/Hook/H1.md", replaced("step: Hook", "step: Hook\nstep: Hook"), "step stands here twice"),
        ("prompts/Hook/H1.md", replaced("title: Pain headlines", 'title: ""'), "title is empty"),
        ("prompts/Hook/H1.md", replaced("title: Pain headlines", f"title: {WORDY}"), "title: 3499 characters"),
        ("prompts/Hook/H1.md", replaced("hint: Meta ad", f"hint: {WORDY}"), "ask.0.hint: 35"),
        ("prompts/Hook/H1.md", replaced("Where will these", "Where in all the wide world will these"), "ask.0.question: 5"),
        ("prompts/Hook/H4.md", cut("    choices: [", "    required"), "format: a choice has choices"),
        ("prompts/Hook/H4.md", replaced("name: format", "name: hook"), "two questions are called hook"),
        ("prompts/Hook/H4.md", replaced("Article introduction]", ", ".join("abcdefghijklmnopqrstuvw") + "]"), "26 choices"),
        ("modules/1-hook.yaml", cut("  - title: One wound", "  - title: The same line"), "there are 2 lessons"),
        ("modules/1-hook.yaml", cut("    text: |\n      Nora is in", "  - title: One wound"), "lessons.0.text: Field required"),
        ("modules/1-hook.yaml", replaced("thumb moving", WORDY), "words; it should have 250 to 500"),
        ("modules/1-hook.yaml", replaced("thumb moving", WORDY), "lessons.0.text: 53"),
        ("modules/1-hook.yaml", replaced("title: One wound, three doors", f"title: {WORDY}"), "lessons.1.title: 3499"),
        ("modules/1-hook.yaml", replaced("place: B2", "place: B1"), "the cell B2 is missing"),
        ("modules/1-hook.yaml", replaced("place: B2", "place: B1"), "the cell B1 is there twice"),
        ("modules/1-hook.yaml", cut("    - place: B2", "    - place: B3"), "at least 9 items"),
        ("modules/1-hook.yaml", cut("  - text: Score every", "  - text: Send both"), "there are 4 items; a checklist has 6 to 8"),
        ("modules/1-hook.yaml", replaced("prompts: [H7, R1]", "prompts: [H7, G1]"), "G1 is not among this module's prompts"),
        ("modules/1-hook.yaml", cut("mistakes:\n", "done:"), "mistakes: Field required"),
        ("modules/1-hook.yaml", replaced("kpis: [hook_AvgCTR, hook_CPC]", "kpis: []"), "kpis is empty"),
        (
            "modules/1-hook.yaml",
            replaced("label: Five topics", f"label: {WORDY}"),
            "worksheet.fields.1.label: String should have at most",
        ),
        ("modules/1-hook.yaml", replaced("name: topics", "name: stage"), "two questions are called stage"),
        (
            "modules/1-hook.yaml",
            replaced("customerAvatar.hookTopics", "customerAvatar.topics"),
            "there is no cell customerAvatar.topics",
        ),
        (
            "modules/1-hook.yaml",
            replaced("kind: list\n      foundation", "kind: long\n      foundation"),
            "so its kind must be list",
        ),
        ("foundation.yaml", cut("      - place: B2\n", "      - place: B3\n"), "the cell B2 is missing"),
        ("foundation.yaml", cut("    - place: B2\n      title: The gap", "    - place: B3\n"), "the cell B2 is missing"),
        ("foundation.yaml", replaced("        dig: ", "        digs: "), "dig: Field required"),
        ("foundation.yaml", replaced("- column: Why us", "- column: Why"), "no check asks about the column Why us"),
        ("foundation.yaml", replaced("title: What we sell", f"title: {WORDY}"), "title: 3499 characters"),
        (
            "foundation.yaml",
            replaced("customerAvatar.fears, customerAvatar.cost", "customerAvatar.feers, customerAvatar.cost"),
            "there is no cell",
        ),
        ("kpis.yaml", replaced("options:", "options: []\n    options:"), "options stands here twice"),
        ("kpis.yaml", replaced("formula: clicks ÷", f"formula: {WORDY}"), "metrics.0.formula: 35"),
        ("kpis.yaml", replaced("short: CTR", "short: Click-through rate"), "at most 14 characters"),
        ("kpis.yaml", cut("      days90: {}\n", "      oneYear:"), "by_choice needs an entry for every option"),
        ("agents/teacher.md", replaced("description: Ask", f"description: {WORDY}"), "description: 36"),
        ("agents/teacher.md", replaced("Writer: when", "Poet: when"), "hands_over"),
        ("agents/teacher.md", replaced("tools: [", "tools: [fly_to_the_moon, "), "there is no tool fly_to_the_moon"),
        ("agents/teacher.md", replaced("---\n", "--\n"), "needs a head between two lines"),
    ],
)
def test_a_mistake_is_named_with_its_file(copy: Path, file: str, edit: Edit, says: str) -> None:
    path = copy / file
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    flaws = [str(flaw) for flaw in check(copy)]
    assert any(says in flaw and path.name in flaw for flaw in flaws), flaws


def test_a_mistake_is_named_with_its_line(copy: Path) -> None:
    path = copy / "prompts/Hook/H1.md"
    text = path.read_text(encoding="utf-8").replace("{customerAvatar.fears}", "{customerAvatar.fearz}")
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index("{customerAvatar.fearz}") + 1
    assert f"Hook/H1.md:{line}:" in "\n".join(str(flaw) for flaw in check(copy))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("modules/1-hook.yaml", "title: One wound, three doors", f"title: {WORDY}"),
        ("prompts/Hook/H1.md", "    hint: Meta ad, Instagram post, Google search ad", f"    hint: {WORDY}"),
        ("kpis.yaml", "formula: clicks ÷ impressions × 100", f"formula: {WORDY}"),
        ("foundation.yaml", "        title: Their gaps", '        title: ""'),
    ],
)
def test_what_is_too_long_or_empty_is_named_with_its_line(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if old in line)
    lines[at] = lines[at].replace(old, new)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert {flaw.line for flaw in check(copy)} == {at + 1}


def test_a_file_that_cannot_be_read_hides_no_mistake_of_another(copy: Path) -> None:
    for file, old, new in (
        ("modules/4-engage.yaml", "community_question:", "comunity_question:"),
        ("foundation.yaml", "- place: B2", "- place: B9"),
        ("agents/teacher.md", "tools: [", "tools: [fly_kite, "),
        ("prompts/Hook/H1.md", "{customerAvatar.fears}", "{customerAvatar.fearz}"),
    ):
        path = copy / file
        path.write_text(replaced(old, new)(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = "\n".join(str(flaw) for flaw in check(copy))
    for told in ("comunity_question", "the cell B2 is missing", "there is no tool fly_kite", "fearz} stands in"):
        assert told in found


def test_a_module_that_is_missing_is_named(copy: Path) -> None:
    (copy / "modules/4-engage.yaml").unlink()
    assert [str(flaw) for flaw in check(copy)] == ["modules: module 4, Engage, is missing: 4-engage.yaml"]


def test_a_folder_without_a_course_is_told(tmp_path: Path) -> None:
    assert ["there is no module here" in flaw.what for flaw in check(tmp_path)] == [True]


def test_a_prompt_in_the_folder_of_another_step_is_named(copy: Path) -> None:
    (copy / "prompts/Hook/H1.md").rename(copy / "prompts/Gift/H1.md")
    assert any("Hook/H1.md: this prompt's file belongs there" in str(flaw) for flaw in check(copy))


def test_a_file_that_is_not_text_is_named(copy: Path) -> None:
    (copy / "kpis.yaml").write_bytes(b"\xff\xfe\x00")
    assert any("kpis.yaml" in str(flaw) and "cannot be read" in str(flaw) for flaw in check(copy))
