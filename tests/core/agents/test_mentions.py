"""Mentions: who is called in a text, and who is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from core.agents.letters import fold
from core.agents.mentions import Called, Names
from core.agents.roster import read_roster
from core.agents.spoken import BLANK, spoken
from core.contents import SHIPPED

ROSTER = read_roster(SHIPPED / "agents")
OTHERS = Names(
    [
        Called("Teacher", "teacher"),
        Called("Media", "media"),
        Called("Media Buyer", "buyer"),
        Called("先生", "sensei"),
        Called("Écrivain", "ecrivain"),
        Called("शिक्षक", "shikshak"),
        Called("Straße", "strasse"),
        Called("ครู", "kru"),
    ]
)


def called(text: str) -> list[str]:
    return [ROSTER.named(mention.who.name).role for mention in ROSTER.find(text).mentions]


def guessed(text: str) -> list[str]:
    return [near.name for near in ROSTER.find(text).near]


def others(text: str) -> list[str]:
    return [mention.who for mention in OTHERS.find(text).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Teacher what is a hook?", ["Teacher"]),
        ("what is a hook, @teacher", ["Teacher"]),
        ("@TEACHER", ["Teacher"]),
        ("@lehrer was ist das", ["Teacher"]),
        ("@MediaBuyer and @seo", ["MediaBuyer", "SEO"]),
        ("@Media Buyer, please", ["MediaBuyer"]),
        ("@media  buyer", ["MediaBuyer"]),
        ("@Writer then @Seller then @writer then @copy", ["Writer", "Seller"]),
        ("@Teacher: what", ["Teacher"]),
        ("@Teacher, what", ["Teacher"]),
        ("@Teacher's view", ["Teacher"]),
        ("@Teacher’s view", ["Teacher"]),
        ("@Teacher?", ["Teacher"]),
        ("@Teacher. Then more", ["Teacher"]),
        ("ask @Teacher.", ["Teacher"]),
        ("@Teacher...", ["Teacher"]),
        ("@Teacher - what", ["Teacher"]),
        ("@Teacher—what", ["Teacher"]),
        ("(@Teacher)", ["Teacher"]),
        ("**@Teacher** and _@Writer_", ["Teacher", "Writer"]),
        ("“@Teacher”", ["Teacher"]),
        ("@Teacher/@Writer", ["Teacher", "Writer"]),
        ("- @Teacher\n- @Writer", ["Teacher", "Writer"]),
        ("# @Teacher", ["Teacher"]),
        ("hi @Teacher\n@Writer", ["Teacher", "Writer"]),
        ("＠Teacher", ["Teacher"]),
        ("@Ｔｅａｃｈｅｒ", ["Teacher"]),
        ("\\`@Teacher\\`", ["Teacher"]),
        ("it's 5` @Teacher", ["Teacher"]),
        ("- a list\n\n    @Teacher in it", ["Teacher"]),
        ("a paragraph\n    @Teacher goes on", ["Teacher"]),
        ("```\ncode\n```\n@Teacher", ["Teacher"]),
        ("> quoted\n@Teacher", ["Teacher"]),
        ("> ```\n> x\n@Teacher", ["Teacher"]),
        ("see https://example.com/@x @Teacher", ["Teacher"]),
        ("5 > 3, @Teacher", ["Teacher"]),
    ],
)
def test_agents_are_found(text: str, expected: list[str]) -> None:
    assert called(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Teacher",
        "@ Teacher",
        "me@Teacher.com",
        "me@Teacher",
        "anna_@teacher",
        "@teacher.com",
        "@teacher@example.com",
        "@teacher@writer",
        "@teacher_anna",
        "@teacher-anna",
        "@teacher.anna",
        "@Teacherish",
        "@Teacher2",
        "`@Teacher`",
        "``a ` @Teacher``",
        "`over\ntwo @Teacher lines`",
        "```\n@Teacher\n```",
        "```python\n@Teacher",
        "~~~\n@Teacher\n~~~",
        "````\n```\n@Teacher\n````",
        "```@Teacher``` inline",
        "as in ```\n\n@Teacher\n\n```",
        "as in ```\ncode\n@Teacher ``` so",
        "    @Teacher",
        "\t@Teacher",
        "text\n\n    @Teacher\n\n    @Teacher",
        "# head\n    @Teacher",
        "> @Teacher",
        ">@Teacher",
        "   > @Teacher",
        "- > @Teacher",
        "> ```\n> @Teacher\n> ```",
        "https://medium.com/@Teacher",
        "https://medium.com/@Teacher/post",
        "medium.com/@Teacher",
        "www.medium.com/@Teacher",
        "[x](https://medium.com/@Teacher)",
        "<https://medium.com/@Teacher>",
        "mailto:me@teacher.example",
        "example.com?by=@Teacher",
    ],
)
def test_nobody_is_found_in_code_quotes_addresses_and_longer_names(text: str) -> None:
    assert called(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Techer", ["Teacher"]),
        ("@Teahcer, what", ["Teacher"]),
        ("@Teachers?", ["Teacher"]),
        ("@teachr", ["Teacher"]),
        ("@Giude", ["Guide"]),
        ("@Drector", ["Director"]),
        ("@Reasercher", ["Researcher"]),
        ("@Medai Buyer", ["Media Buyer"]),
        ("@mediabuyr", ["MediaBuyer"]),
        ("@Conector and @Techer and @techer", ["Connector", "Teacher"]),
    ],
)
def test_a_slip_is_guessed(text: str, expected: list[str]) -> None:
    assert called(text) == []
    assert guessed(text) == expected


@pytest.mark.parametrize(
    "name",
    """Tessa Mark Sal Sally Sara Sage-Marie Heather Guido Marketa Margaret Keller Heller Miller Walter Winter Peter Dirk Victor
    Hector Rachel Tracey Thatcher Connor Connie Leo Seth Theo Ada Wes Will Gudrun Gary Grace Greta Sonja Samuel Stella Adele
    Sebastian Melissa Tudor channel here everyone""".split(),  # noqa: SIM905
)
def test_people_are_left_alone(name: str) -> None:
    found = ROSTER.find(f"@{name} what do you think?")
    assert not found.mentions
    assert not found.near


@pytest.mark.parametrize("text", ["`@Techer`", "> @Techer", "me@techer.com", "https://x.example/@Techer", "    @Techer"])
def test_no_slip_is_guessed_where_no_name_would_count(text: str) -> None:
    assert guessed(text) == []


def test_the_longest_name_wins() -> None:
    assert others("@Media Buyer @media @media buyers") == ["buyer", "media"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@先生これは何", ["sensei"]),
        ("こんにちは@先生", ["sensei"]),
        ("＠先生、何", ["sensei"]),
        ("@ÉCRIVAIN", ["ecrivain"]),
        ("@E\u0301crivain", ["ecrivain"]),
        ("@Ecrivain", []),
        ("@शिक्षक जी", ["shikshak"]),
        ("@शिक्षकों", []),
        ("@STRASSE", ["strasse"]),
        ("@Stras", []),
        ("@ครูครับ", ["kru"]),
        ("@Teacherさん", ["teacher"]),
    ],
)
def test_names_of_every_script_are_found(text: str, expected: list[str]) -> None:
    assert others(text) == expected


def test_what_is_left_of_the_text_has_no_names_in_it() -> None:
    assert ROSTER.find("@Teacher, @media buyer what is a hook?").rest == ",  what is a hook?"


names = st.sampled_from([each.name for agent in ROSTER.agents for each in agent.names])
pieces = st.one_of(
    names.map(lambda name: f"@{name}"),
    st.sampled_from(
        ["`", "``", "```", "\n", "\n\n", "> ", "    ", "\t", "- ", "1. ", "~~~", " ", "\\", "@", "＠", ".", "https://", "x"]
    ),
    st.text(max_size=8),
)
texts = st.lists(pieces, max_size=30).map("".join)


@given(texts)
def test_any_text_is_read_and_every_mention_stands_in_it(text: str) -> None:
    found = ROSTER.find(text)
    heard = spoken(text)
    assert len(heard) == len(text)
    starts = [mention.start for mention in found.mentions]
    assert starts == sorted(starts)
    assert len({mention.who.id for mention in found.mentions}) == len(found.mentions)
    for mention in found.mentions:
        assert heard[mention.start : mention.end] == text[mention.start : mention.end]
        assert BLANK not in heard[mention.start : mention.end] or BLANK in text
        assert fold(text[mention.start + 1 : mention.end]) in {fold(each.name) for each in mention.who.names}


@given(texts)
def test_nothing_in_a_fence_counts(text: str) -> None:
    assert not ROSTER.find(f"{'`' * 50}\n{text}\n{'`' * 50}").mentions
    assert not ROSTER.find(f"{'~' * 50}\n{text}").near


@given(texts)
def test_nothing_in_quoted_lines_counts(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    assert not ROSTER.find(quoted).mentions


@given(st.lists(names, min_size=1, max_size=6), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_is_no_matter(called_names: list[str], change: object) -> None:
    assert callable(change)
    plain = ", ".join(f"@{name}" for name in called_names)
    changed = ", ".join(f"@{change(name)}" for name in called_names)
    assert called(plain) == called(changed)
    assert called(plain)


@given(st.text(alphabet="abcxyz ,.!\n", max_size=40), names)
def test_a_name_after_any_plain_words_is_found(before: str, name: str) -> None:
    assume(not before.endswith(tuple("abcxyz")))
    assume(not any(len(line) - len(line.lstrip(" ")) > 3 for line in before.split("\n")))
    assert called(f"{before}@{name}") == [ROSTER.named(name).role]


lines = st.lists(
    st.sampled_from(
        ["words", "    deep", "  two", "\ttab", "", "```", "~~~", "```py", "````", "# head", "> quote", "---"],
    ),
    max_size=12,
)


@given(lines)
def test_blocks_of_code_and_quotes_are_those_of_commonmark(given_lines: list[str]) -> None:
    # A quoted line ends with its line here, so that what CommonMark would still count to the quote is not compared.
    assume(not any(line == "> quote" and later for line, later in pairwise(given_lines)))
    text = "\n".join(given_lines)
    blanked = {at for at, line in enumerate(spoken(text).split("\n")) if BLANK in line}
    hidden = set()
    for token in MarkdownIt().parse(text):
        if token.type in ("fence", "code_block", "blockquote_open") and token.map:
            hidden |= {at for at in range(*token.map) if at < len(given_lines) and given_lines[at].strip()}
    assert blanked == hidden
