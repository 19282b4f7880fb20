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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A course author's own copy."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "content"))


Edit = Callable[[str], str]


def replaced(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

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


def test_a_file_that_is_not_text_is_named(copy: Path) -> None:
    (copy / "kpis.yaml").write_bytes(b"\xff\xfe\x00")
    assert any("kpis.yaml" in str(flaw) and "cannot be read" in str(flaw) for flaw in check(copy))
