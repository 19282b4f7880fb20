"""Course files: read once and lazily, and refused with their place when they are wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.contents import SHIPPED, Flawed
from core.course.model import CourseModule
from core.course.modules import Course, NoSuchModule
from core.course.steps import Step


def _copy(folder: Path) -> Path:
    (folder / "modules").mkdir()
    for name in ("0-foundation.yaml", "1-hook.yaml", "2-gift.yaml"):
        shutil.copy(SHIPPED / "modules" / name, folder / "modules" / name)
    return folder


def test_a_file_is_read_when_it_is_wanted_and_once(tmp_path: Path) -> None:
    course = Course(_copy(tmp_path))
    first = course.module(1)
    (tmp_path / "modules" / "1-hook.yaml").unlink()
    assert course.module(1) is first
    (tmp_path / "modules" / "2-gift.yaml").write_text("number: two")
    with pytest.raises(Flawed, match=r"2-gift\.yaml"):
        course.module(2)


def test_only_the_modules_that_are_there_are_offered(tmp_path: Path) -> None:
    course = Course(_copy(tmp_path))
    assert course.numbers == (0, 1, 2)
    with pytest.raises(NoSuchModule, match="There are modules 0 to 2"):
        course.named("3")
    with pytest.raises(NoSuchModule, match="There are modules 0 to 2"):
        course.named("Share")


def test_a_module_under_another_number_is_refused(tmp_path: Path) -> None:
    folder = _copy(tmp_path) / "modules"
    (folder / "1-hook.yaml").rename(folder / "3-hook.yaml")
    with pytest.raises(Flawed, match="number 3 and step Identify"):
        Course(tmp_path).module(3)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Flawed, match="no module here"):
        Course(tmp_path)


def test_a_misspelt_key_is_named_with_its_line(tmp_path: Path) -> None:
    path = _copy(tmp_path) / "modules" / "1-hook.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("objective:", "objectiv:"), encoding="utf-8")
    with pytest.raises(Flawed, match=r"1-hook\.yaml:4: objectiv"):
        Course(tmp_path).module(1)


def test_the_shipped_modules_are_whole() -> None:
    for module in Course().modules():
        assert module.step is tuple(Step)[module.number]
        assert module.id == f"mod_{module.number}"
        assert 6 <= len(module.checklist) <= 8
        assert len(module.lessons) == 3


def test_a_published_module_has_the_schemas_fields() -> None:
    document = CourseModule.from_file(Course().module(1)).document()
    assert document["_id"] == "mod_1"
    assert document["moduleNumber"] == 1
    assert len(document["checklistItems"]) == 8
    assert document["gridDefinition"]["rows"][0] == "Pain or fear"
    assert "videoUrl" not in document
