"""Slack's own writing as plain words, and the names of commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.slack import names
from bots.slack.words import calls_someone, plain
from bots.slack.words import names as names_bot

BOT = "U0ELEVATE"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("salt &amp; jars &lt;3 &amp;lt;", "salt & jars <3 &lt;"),
        ("<@U0SAM0001> and <@U0SAM0001|sam>", "@U0SAM0001 and @sam"),
        ("<#C0HELP001|help> <#C0HELP001> <#C0HELP001|>", "#help #C0HELP001 #C0HELP001"),
        ("<!here> <!subteam^S01|@makers> <!subteam^S01> <!date^1^{date}|today>", "@here @makers @subteam today"),
        ("<https://a.example/x?y=1&amp;z=2>", "https://a.example/x?y=1&z=2"),
        ("<https://a.example|a.example> <http://a.example/|a.example>", "https://a.example http://a.example/"),
        ("<https://a.example|our &lt;shop&gt;>", "our <shop> (https://a.example)"),
        ("<mailto:sam@a.example|sam@a.example> <tel:123|123>", "sam@a.example 123"),
        ("1 <2> 3 <> 4", "1 2 3  4"),
        ("```x <y\nz```", "```x <y\nz```"),
    ],
)
def test_slacks_marks_read_as_a_person_sees_them(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U0ELEVATE> @Writer hooks", "@Writer hooks"),
        ("<@U0ELEVATE|elevate>: hooks", "hooks"),
        ("hey <@U0ELEVATE> hooks", "hey hooks"),
        ("thanks <@U0ELEVATE>!", "thanks!"),
        ("one\n<@U0ELEVATE> two", "one\ntwo"),
        ("<@U0ELEVATE>", ""),
        ("<@U0ELEVATE2> hooks", "@U0ELEVATE2 hooks"),
    ],
)
def test_the_bots_own_name_is_left_out(written: str, read: str) -> None:
    assert plain(written, BOT) == read


def test_a_mention_or_a_link_of_slacks_calls_no_agent() -> None:
    assert not calls_someone("<@U0SAM0001> <mailto:sam@a.example|sam@a.example>")
    assert calls_someone("<@U0SAM0001> @Writer")
    assert calls_someone("＠先生")
    assert names_bot("a <@U0ELEVATE|e>", BOT)
    assert not names_bot("a <@U0ELEVATES>", BOT)
    assert not names_bot("a <@>", "")


@given(st.text(alphabet="<>@#!|&;ampltgU0 \n^:/"))
def test_any_text_is_read_to_the_end(written: str) -> None:
    assert len(plain(written, "U0")) <= 2 * len(written) + 2


@given(st.text(min_size=1).filter(lambda text: text == text.strip()))
def test_what_slack_escaped_comes_back_as_it_was_typed(typed: str) -> None:
    assert plain(typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == typed


@pytest.mark.parametrize(
    ("typed", "words", "found"),
    [
        ("/run", "H1", ("run", "H1")),
        ("/Elevate", " run H1 ", ("run", "H1")),
        ("/elevate", "/run\tH1 now", ("run", "H1 now")),
        ("/elevate", "", ("help", "")),
        ("/elevate-me", "show", ("me", "show")),
        ("/elevate", "elevate-me show", ("me", "show")),
        ("/elevate-run", "", ("elevate-run", "")),
    ],
)
def test_a_command_is_found_by_what_is_typed_in_slack(typed: str, words: str, found: tuple[str, str]) -> None:
    assert names.command(typed, words) == found


def test_a_name_that_slack_keeps_gets_ours_before_it() -> None:
    assert names.slash("me show") == "elevate-me show"
    assert names.slash("kpi log") == "kpi log"
    assert names.slash("help") == "help"
    assert names.command(f"/{names.slash('status')}", "")[0] == "status"
