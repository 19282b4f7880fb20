"""What people type into a cell, read as the cell's value, and a value written out as it would be typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.foundation.cells import Cell, Pair, Value
from core.foundation.named import begun, listed, meant, named, sentences_of, short
from core.request import Typed

TEXT_AT_MOST = 4_000
ITEMS_AT_MOST = 40
SHORT_ITEM_WORDS = 3

_NO_ANSWER = re.compile(
    r"(?:(?:i )?(?:do not|don't|dont) know|dunno|idk|(?:i have )?no (?:idea|clue)|(?:i'?m |i am )?not sure)(?: yet)?|\?+"
)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_PAIR = re.compile(r"\s*(?::(?!//)|\s[-–—]\s)\s*")
_TWICE = "“{name}” stands there twice. Put what you know of it on one line."


def read_cell(cell: Cell, typed: Typed, before: Value | None) -> Value:
    """The value that was typed; "" and () mean that the cell is emptied. `before` is what the field holds now.

    Raises:
        ValueError: in words for the person.
    """
    text = typed if isinstance(typed, str) else "\n".join(typed)
    if len(text) > TEXT_AT_MOST:
        raise ValueError(
            f"That is {len(text):,} characters; a cell holds {TEXT_AT_MOST:,}. Keep what matters most, or have all of it sorted "
            "into cells: /foundation paste"
        )
    if _NO_ANSWER.fullmatch(text.casefold().replace("’", "'").strip(" \n.…!,")):
        raise ValueError(
            f"“{text.strip()}” would stand in every draft. Write the little that you do know, or leave it for now and ask "
            "@Teacher."
        )
    if cell.kind == "text":
        return text.strip()
    items = split_items(typed)
    if len(items) > ITEMS_AT_MOST:
        raise ValueError(f"Those are {len(items)} items; a cell holds {ITEMS_AT_MOST}. Keep the ones that matter most.")
    if cell.kind == "list":
        return items
    known = tuple(each for each in before or () if not isinstance(each, str)) if not isinstance(before, str) else ()
    return _read_pairs(cell, items, known)


def read_names(typed: str) -> str:
    """The names in an answer to who they are and what is told there, as lines of the cell: “Lush (fresh and handmade)”."""
    items = sentences_of(typed) or listed(typed) or split_items(typed)
    several = "\n" in typed.strip() or ";" in typed or bool(sentences_of(typed))
    return "\n".join(named(item, of_several=several) for item in items)


def split_items(typed: Typed) -> tuple[str, ...]:
    """The items of a list: one a line, or parted by semicolons, or short ones parted by commas."""
    if not isinstance(typed, str):
        lines: Sequence[str] = typed
    elif "\n" in typed.strip():
        lines = typed.splitlines()
    elif ";" in typed:
        lines = typed.split(";")
    else:
        by_comma = typed.split(",")
        lines = by_comma if all(len(item.split()) <= SHORT_ITEM_WORDS for item in by_comma) else [typed]
    return tuple(item for item in (_BULLET.sub("", line).strip() for line in lines) if item)


def write_cell(cell: Cell, value: Value | None) -> str:
    """The value as someone would type it: one item a line, pairs as `name: weakness`."""
    if not value:
        return ""
    if isinstance(value, str):
        return value
    return "\n".join(line for line in (_line(cell, each) for each in value) if line)


def is_filled(cell: Cell, value: Value | None) -> bool:
    """Whether the cell is answered; the second half of a pair is when every pair has it."""
    if not value:
        return False
    if cell.part and not isinstance(value, str):
        return all(each.get(cell.part) for each in value if not isinstance(each, str))
    return True


def _line(cell: Cell, item: str | Pair) -> str:
    if isinstance(item, str):
        return item
    first, second = _halves(cell)
    if cell.part == first:
        return item.get(first, "")
    return f"{item.get(first, '')}: {item.get(second, '')}".removesuffix(": ")


def _read_pairs(cell: Cell, items: Sequence[str], known: Sequence[Pair]) -> tuple[Pair, ...]:
    first, second = _halves(cell)
    if cell.part == second and known:
        return _read_answers(items, known, first, second)
    answers = {form.casefold(): each.get(second, "") for each in known for form in (short(each[first]), each[first])}
    pairs: dict[str, Pair] = {}
    for item in items:
        name, sign, said = (item, "", "") if cell.part == first and item.casefold() in answers else _parted(item)
        if not name or (cell.part == second and not sign):
            raise ValueError("Begin each line with a name, then a colon. For example: Jar lids: they leak")
        if name.casefold() in pairs:
            raise ValueError(_TWICE.format(name=name))
        answer = answers.get(name.casefold()) or answers.get(short(name).casefold(), "")
        pairs[name.casefold()] = {first: name, second: said or answer}
    return tuple(pairs.values())


def _read_answers(items: Sequence[str], known: Sequence[Pair], first: str, second: str) -> tuple[Pair, ...]:
    """The known pairs with what is said of them; who is not among them does not become one in silence."""
    names = [each[first] for each in known]
    lines = [begun(item, names) for item in items]
    said_of: dict[str, str] = {}
    if len(items) == len(known) and not any(head for _, head, _ in lines) and not set(items) & set(names):
        said_of = dict(zip(names, items, strict=True))
    else:
        for item, (named_there, head, said) in zip(items, lines, strict=True):
            bare = () if head else meant(item.rstrip(" :"), names, wholly=True)
            found = bare or named_there
            if len(found) != 1:
                unknown = f"“{head}” fits none of the names, or several. " if head else ""
                told = ", ".join(names)
                raise ValueError(f"{unknown}Begin each line with its name, then a colon. The names are: {told}.")
            if bare:
                said_of.setdefault(found[0], "")  # nothing is said of it on this line
            elif said_of.get(found[0]):
                raise ValueError(_TWICE.format(name=found[0]))
            else:
                said_of[found[0]] = said
    return tuple({first: each[first], second: said_of.get(each[first]) or each.get(second, "")} for each in known)


def _parted(item: str) -> tuple[str, str, str]:
    found = _PAIR.search(item.partition("(")[0])
    return (item[: found.start()].strip(), ":", item[found.end() :].strip()) if found else (item.strip(), "", "")


def _halves(cell: Cell) -> tuple[str, str]:
    if len(cell.parts) == 2:
        return cell.parts[0], cell.parts[1]
    return "name", "weakness"
