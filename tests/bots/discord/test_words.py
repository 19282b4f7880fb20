"""Discord's own writing as plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.discord.words import Names, is_command, plain

NAMES = Names(ours=frozenset({1, 5}), people={2: "Sam"}, roles={3: "Makers"}, channels={4: "help"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@2> <@!2> <@9>", "@Sam @Sam @9"),
        ("<@&3> <@&9> <#4> <#9> @everyone", "@Makers @9 #help #9 @everyone"),
        ("<:jar:77> <a:spin_2:78> :smile: 🫙", ":jar: :spin_2: :smile: 🫙"),
        ("<t:1775649600> <t:1775649600:R>", "8 April 2026, 12:00 UTC 8 April 2026, 12:00 UTC"),
        ("<t:1775649605:t> <t:1775649605:T> <t:1775649605:d>", "12:00 UTC 12:00:05 UTC 8 April 2026"),
        ("<t:9999999999999:R> <t:-62135596801>", "<t:9999999999999:R> <t:-62135596801>"),
        ("</kpi log:123> <id:customize> <id:guide>", "/kpi log #customize #guide"),
        ("[our shop](https://a.example) <https://a.example/x>", "[our shop](https://a.example) https://a.example/x"),
        ("`<@2>` <@2>\n```\n<#4>\n```", "`<@2>` @Sam\n```\n<#4>\n```"),
        ("1 < 2 > 0 <> <@> <b> ``", "1 < 2 > 0 <> <@> <b> ``"),
        ("**bold** \\* > quote", "**bold** \\* > quote"),
    ],
)
def test_discords_marks_read_as_a_person_sees_them(written: str, read: str) -> None:
    assert plain(written, NAMES) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@1> @Writer hooks", "@Writer hooks"),
        ("<@!1>: hooks", "hooks"),
        ("<@&5>, hooks", "hooks"),
        ("hey <@1> hooks", "hey hooks"),
        ("thanks <@1>!", "thanks!"),
        ("one\n<@1> two", "one\ntwo"),
        ("<@1>", ""),
        ("<@1> <@1>", ""),
        ("<@12> hooks", "@12 hooks"),
        (": hooks", ": hooks"),
    ],
)
def test_our_own_mention_is_left_out(written: str, read: str) -> None:
    assert plain(written, NAMES) == read


@pytest.mark.parametrize(
    ("text", "command"), [("/run H1", True), ("/", True), ("/ run", True), ("run", False), ("and/or", False)]
)
def test_a_command_begins_with_a_stroke(text: str, command: bool) -> None:
    assert is_command(text) is command


@given(st.text(alphabet="<>@#!&:t/`id145 \n-", max_size=300))
def test_any_text_is_read_to_the_end(written: str) -> None:
    assert len(plain(written, NAMES)) <= 30 * len(written)
