"""The words that people read: plain, calm and in British English, in the code, the course and the papers alike."""

from __future__ import annotations

import ast
import re
import tokenize
from functools import cache
from io import StringIO

from tests.house.british import american, misspelt
from tests.house.tree import ROOT, SHIPPED, sources

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\ufe0f\u231a\u231b\u23e9-\u23f3\u2614\u2615\u26a1\u2705\u2728\u274c\u274e\u2753-\u2757\u2764\u2b50]"
)
LOUD = re.compile(r"\w[*_)”’\"']*!(?=[\s\"”’')*_]|$)", re.MULTILINE)
HEARS_EMOJI = ("core/chat/small.py", "core/kpis/yeses.py", "core/nudges/yeses.py")
"""They know the thanks, and the thumbs, that people send, and send none."""
HAS_THUMBS = "bots/discord/pressed.py"
"""Under an answer stand two thumbs: Slack draws its own, Discord is given them."""
HAS_FACES = "bots/discord/faces.py"
"""What people choose for the faces of their agents: Slack draws them by their names, Discord is given them."""
PLEASES_AT_MOST = 1


@cache
def _shown() -> tuple[tuple[str, str], ...]:
    """The strings of the code that have words in them, docstrings among them (an error's is its message), and where."""
    return tuple(
        (source.at(node), node.value)
        for source in sources(*SHIPPED)
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    )


@cache
def _written() -> tuple[tuple[str, str], ...]:
    """The course and the papers, paragraph by paragraph, and where."""
    papers = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    course = [path for path in (ROOT / "core" / "content").rglob("*") if path.suffix in {".md", ".yaml"}]
    return tuple(
        (f"{path.relative_to(ROOT)}: {part.strip()[:40]}", part)
        for path in (*papers, *course)
        for part in path.read_text(encoding="utf-8").split("\n\n")
    )


@cache
def _comments() -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{source.path}:{token.start[0]}", token.string)
        for source in sources(*SHIPPED)
        for token in tokenize.generate_tokens(StringIO(source.text).readline)
        if token.type == tokenize.COMMENT
    )


def test_nobody_shouts() -> None:
    assert [where for where, text in (*_shown(), *_written()) if LOUD.search(text)] == []


def test_nothing_is_said_in_pictures() -> None:
    found = [where for where, text in _written() if EMOJI.search(text)]
    found += [
        source.path
        for source in sources(*SHIPPED)
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and EMOJI.search(node.value)
    ]
    assert set(found) <= {*HEARS_EMOJI, HAS_THUMBS, HAS_FACES}


def test_words_are_spelt_the_british_way() -> None:
    found = [f"{where} {', '.join(words)}" for where, text in (*_shown(), *_written(), *_comments()) if (words := american(text))]
    assert found == []


def test_words_are_spelt_right() -> None:
    found = [f"{where} {', '.join(words)}" for where, text in (*_shown(), *_written(), *_comments()) if (words := misspelt(text))]
    assert found == []


def test_nobody_begs() -> None:
    assert [where for where, text in _shown() if len(re.findall(r"\bplease\b", text, re.IGNORECASE)) > PLEASES_AT_MOST] == []


def test_american_spellings_are_told_from_british_ones() -> None:
    """The rule would be worth nothing if it saw nothing."""
    text = "Analyze the color of your favorite catalogue, organize a center, and practice being skillful."
    assert american(text) == ["Analyze", "color", "favorite", "organize", "center", "skillful"]
    assert american("An enrollment, a traveler and a sulfur-colored cozy.") == [
        "enrollment",
        "traveler",
        "colored",
        "cozy",
        "sulfur",
    ]
    assert american("A sizable prize of some size, a literal laboratory, `color` and a central, humorous organization.") == []


def test_a_slip_is_seen() -> None:
    assert misspelt("Teh recieved jar, and `teh code`.") == ["Teh", "recieved"]
