"""Reading the course's files: YAML, and Markdown with a YAML head; what is wrong is named with its file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import ContentTrouble

SHIPPED = Path(__file__).parent / "content"
"""The course as it is shipped; `ELEVATE_CONTENT_DIR` names an edited copy."""

HEAD = "---\n"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Written(BaseModel):
    """A piece of the course as its author wrote it: strict, so that a misspelt key is found and not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Shape = TypeVar("Shape", bound=Written)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a course file. `line` counts from 1; 0 means the whole file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


class Flawed(ContentTrouble):
    """A course file could not be read. Run: elevate content check"""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__("The course files have mistakes:\n" + "\n".join(str(flaw) for flaw in flaws))
        self.flaws = tuple(flaws)


class Renewable:
    """What was read of the course's files, held by many: reading it anew is seen by all of them."""

    def renew(self, anew: Self) -> None:
        """Be from now on what the other one is."""
        self.__dict__ = dict(anew.__dict__)


def fingerprint(content: Path) -> Mapping[str, tuple[int, int]]:
    """Every file of the course with its time of change (in nanoseconds) and size: another one where something was saved."""
    found = {}
    for folder, _, names in os.walk(content):
        for name in names:
            with suppress(OSError):  # gone since it was listed
                status = os.stat(os.path.join(folder, name))
                found[f"{folder}/{name}"] = (status.st_mtime_ns, status.st_size)
    return found


def shown(path: Path) -> str:
    """A course file as an author knows it, such as `Hook/H1.md`."""
    return f"{path.parent.name}/{path.name}"


def read_yaml(path: Path, shape: type[Shape]) -> Shape:
    """The file as the given shape.

    Raises:
        Flawed: with every mistake in the file.
    """
    return _shaped(path, _text(path), shape, first_line=1)


def read_markdown(path: Path, shape: type[Shape], body: str) -> Shape:
    """A Markdown file whose YAML head gives the shape's fields, and whose text becomes its field `body`.

    Raises:
        Flawed: with every mistake in the file.
    """
    text = _text(path)
    if not text.startswith(HEAD) or f"\n{HEAD}" not in text[len(HEAD) :]:
        raise Flawed([Flaw(shown(path), 1, "this file needs a head between two lines of ---")])
    head, rest = _parted(text)
    return _shaped(path, head, shape, first_line=2, extra={body: rest.strip()})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise Flawed([Flaw(shown(path), 0, f"cannot be read: {trouble}")]) from trouble


def _shaped(path: Path, text: str, shape: type[Shape], first_line: int, extra: Mapping[str, Any] | None = None) -> Shape:
    try:
        data = _parsed(text)
    except yaml.MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + first_line if trouble.problem_mark else 0
        raise Flawed([Flaw(shown(path), line, trouble.problem or "this is not YAML")]) from trouble
    if not isinstance(data, dict):
        raise Flawed([Flaw(shown(path), first_line, "this file needs names with values")])
    try:
        return shape.model_validate({**data, **(extra or {})})
    except ValidationError as trouble:
        flaws = [
            Flaw(shown(path), line_of(text, each["loc"]) + first_line - 1, f"{_path(each['loc'])}: {each['msg']}")
            for each in trouble.errors(include_url=False)
        ]
        raise Flawed(flaws) from trouble


@lru_cache(maxsize=256)
def _parsed(text: str) -> object:
    """What the YAML says, only to be read: a course has a hundred files, and those that are as they were are not parsed again."""
    found: object = yaml.load(text, Loader=LOADER)
    return found


class Source:
    """The text of a file that could be read, to find the line of what is wrong in it."""

    def __init__(self, path: Path) -> None:
        self.name = shown(path)
        self.text = path.read_text(encoding="utf-8") if path.is_file() else ""
        headed = path.suffix == ".md"
        self._yaml, self._first_line = (_parted(self.text)[0], 2) if headed else (self.text, 1)

    def flaw(self, sought: str, what: str) -> Flaw:
        """A flaw at the first line that holds what is sought, or at the whole file."""
        lines = (number for number, line in enumerate(self.text.splitlines(), start=1) if sought in line)
        return Flaw(self.name, next(lines, 0), what)

    def at(self, location: Sequence[str | int], what: str) -> Flaw:
        """A flaw at this place of the YAML, such as `("lessons", 0, "title")`."""
        return Flaw(self.name, line_of(self._yaml, location) + self._first_line - 1, what)

    def said_twice(self) -> Iterator[Flaw]:
        """The keys that stand twice in one place: YAML takes the last, and what the first held would be lost unseen."""
        waiting: list[yaml.Node | None] = [yaml.compose(self._yaml, Loader=LOADER)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.SequenceNode):
                waiting += node.value
            elif isinstance(node, yaml.MappingNode):
                seen: set[str] = set()
                for key, value in node.value:
                    if key.value in seen:
                        yield Flaw(self.name, key.start_mark.line + self._first_line, f"{key.value} stands here twice")
                    seen.add(key.value)
                    waiting.append(value)


def _parted(text: str) -> tuple[str, str]:
    head, _, rest = text.removeprefix(HEAD).partition(f"\n{HEAD}")
    return head, rest


def line_of(text: str, location: Sequence[str | int]) -> int:
    """The line, from 1, where the YAML text holds what is at the location, or the nearest thing around it."""
    node = yaml.compose(text, Loader=LOADER)
    line = 1
    for step in location:
        found = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, found = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
            line = found.start_mark.line + 1
        if found is None:
            break
        node = found
    return line


def _path(location: Sequence[str | int]) -> str:
    return ".".join(str(step) for step in location)
