"""What people and models wrote: nothing pings, no link hides where it leads, and all is shown as it was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from bots.pieces import reader
from bots.slack.calls import read
from bots.slack.mrkdwn import in_parts, mrkdwn
from bots.slack.posts import Block
from bots.slack.rich import rich
from bots.slack.text import APART, marked, named, ticked, without_tables
from bots.slack.wording import reserved, worded
from core.ui import Button, Buttons, Call, Card, Facts, Message, Table, Text

CALLS = ["<!channel>", "<!here>", "<!everyone>", "<@U123>", "<#C123>", "<!subteam^S1|team>", "&lt;!channel>", "@here", "@channel"]
LIVE = re.compile(r"<[!@#]|&lt;[!@#]|(?<![\w@.])@(?:here|channel|everyone)\b")
TRICKS = st.lists(
    st.sampled_from(
        [
            *CALLS,
            "`",
            "```\n",
            "\n",
            "\n\n",
            "[",
            "](",
            ")",
            "!",
            "https://evil.test",
            "label",
            "<",
            ">",
            "|",
            "\\",
            "[a]: ",
            "- ",
            "> ",
            "[label](https://evil.test)",
            "[good.test](https://evil.test)",
            "<https://evil.test|label>",
            "<https://evil.test>",
            "![label](https://evil.test/a.png)",
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "around", ["Hi {}, look", "`{}`", "```\n{}\n```", "\\{}", "- {}", "| a |\n|---|\n| {} |", "**{}**", "# {}"]
)
def test_nothing_that_was_typed_calls_anybody(call: str, around: str) -> None:
    text = around.format(call)
    assert not LIVE.search(marked(text))
    assert marked(text).replace(APART, "") == text, "and it reads as it was typed"
    assert not re.search(r"<[!@#]", mrkdwn(text))
    assert set(_types(rich(text))) <= {"rich_text", "rich_text_section", "text", "rich_text_preformatted", "rich_text_list"}


@given(TRICKS)
def test_no_mixture_of_signs_calls_anybody_or_hides_an_address(text: str) -> None:
    shown = marked(text)
    assert not LIVE.search(shown)
    assert not re.search(r"<[!@#]", mrkdwn(text))
    assert not {"user", "broadcast", "channel", "usergroup"} & set(_types(rich(text)))
    for found in re.findall(r"<([^<>]*)>", mrkdwn(text)):
        assert "|" not in found, "a link shows itself"
    for token in reader().parse(shown):
        for at, each in enumerate(token.children or []):
            assert each.type != "image"
            if each.type == "link_open" and (token.children or [])[at + 1].type == "text":
                address = str(each.attrGet("href"))
                assert address.strip("/") in _follows(token.children or [], at).strip("/") or "%" in address


def test_a_link_shows_where_it_leads_unless_it_says_so_already() -> None:
    text = (
        "See [our *guide*](https://evil.test/?q=1 'Guide'), [https://ok.test](https://ok.test/), <https://ok.test> and `[a](b)`."
    )
    assert marked(text) == (
        "See our *guide* (<https://evil.test/?q=1>), [https://ok.test](https://ok.test/), <https://ok.test> and `[a](b)`."
    )
    assert mrkdwn(text) == ("See our _guide_ (<https://evil.test/?q=1>), <https://ok.test/>, <https://ok.test> and `[a](b)`.")
    links = [each["url"] for each in _elements(rich(text)) if each["type"] == "link"]
    assert links == ["https://evil.test/?q=1", "https://ok.test/", "https://ok.test"]


def test_an_image_is_a_link() -> None:
    assert marked("![A chart](https://x.test/a.png)") == "A chart (<https://x.test/a.png>)"
    assert mrkdwn("![A chart](https://x.test/a.png)") == "A chart (<https://x.test/a.png>)"


def test_a_link_by_reference_is_shown_as_it_was_typed() -> None:
    assert marked("Press [here][1].\n\n[1]: https://evil.test") == "Press \\[here\\]\\[1\\].\n\n\\[1\\]: https://evil.test"
    assert mrkdwn("Press [here][1].\n\n[1]: https://evil.test") == "Press here (<https://evil.test>)."


def test_a_label_in_slacks_own_writing_hides_nothing() -> None:
    assert marked("<https://evil.test|our guide>") == f"<{APART}https://evil.test|our guide>"
    assert "|" not in mrkdwn("<https://evil.test|our guide>").partition("<")[2].partition(">")[0]


def test_what_is_ordinary_stays_to_the_letter() -> None:
    text = "# Hooks\n\n- [ ] a & b < c\n- me@here.com, 5 > 3\n\n| a |\n|---|\n| [x] |\n\n```html\n<!DOCTYPE>\n<a href='#'>\n```"
    assert marked(text) == text.replace("<!DOCTYPE>", f"<{APART}!DOCTYPE>")


def test_markdown_in_slacks_own_writing() -> None:
    text = (
        "# Why *now*\n\n1. **one**\n   - a & b\n2. ~~two~~\n\n> said\n> so\n\n```py\nx < 1\n```\n\n| a | b |\n|--|--|\n| 1 | 22 |"
    )
    assert mrkdwn(text) == (
        "*Why _now_*\n\n1. *one*\n    • a &amp; b\n2. ~two~\n\n>said\n>so\n\n```\nx &lt; 1\n```\n\n```\na  b\n-  --\n1  22\n```"
    )


def test_a_sign_that_stands_for_itself_makes_nothing_bold() -> None:
    assert mrkdwn("Needed: What we sell *, Voice *, Story\\*") == "Needed: What we sell ∗, Voice ∗, Story∗"


def test_parts_of_slacks_writing_keep_to_the_limit_though_signs_grow() -> None:
    parts = in_parts("&<> " * 2000, 3000)
    assert all(len(each) <= 3000 for each in parts)
    assert "".join(parts).count("&amp;") == 2000


def test_markdown_as_rich_text_is_made_of_styles_and_not_of_signs() -> None:
    (shown,) = rich("## Head\n\nSay **what** *it* is: `x*y` 2 * 3.\n\n1. one\n   - sub\n2. two\n\n> quoted\n\n```\ncode\n```")
    kinds = [each["type"] for each in shown["elements"]]
    assert kinds == ["rich_text_section", *["rich_text_list"] * 3, "rich_text_quote", "rich_text_preformatted"]
    assert shown["elements"][3]["offset"] == 1, "the list goes on with 2"
    assert {"type": "text", "text": "x*y", "style": {"code": True}} in list(_elements((shown,)))


def test_task_lists_are_signs_where_only_lists_are_known() -> None:
    assert ticked("- [ ] one\n- [x] two\n\n```\n- [ ] code\n```") == "- ☐ one\n- ✓ two\n\n```\n- [ ] code\n```"


def test_tables_become_columns_where_none_are_known() -> None:
    shown = without_tables("Look:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nDone")
    assert shown == "Look:\n\n```\na  b\n-  -\n1  2\n```\n\n\nDone"


def test_a_command_is_called_by_the_name_that_it_has_in_slack() -> None:
    kept = reserved(frozenset({"me", "kpi", "home"}))
    assert kept == {"me"}
    text = "Type `/me edit` or /me, not /mean or /kpi: https://x.test/me and a/me.\n\n```\ncd /me\n```"
    assert named(text, kept) == (
        "Type `/elevate-me edit` or /elevate-me, not /mean or /kpi: https://x.test/me and a/me.\n\n```\ncd /me\n```"
    )
    message = Message(
        "/me",
        (
            Card(
                "/me", (Facts((("/me", "You"),)), Table(("a",), (("/me",),)), Text("/me"), Buttons((Button("/me", Call("me")),)))
            ),
        ),
    )
    assert worded(message, kept) == Message(
        "/elevate-me",
        (
            Card(
                "/elevate-me",
                (
                    Facts((("/elevate-me", "You"),)),
                    Table(("a",), (("/elevate-me",),)),
                    Text("/elevate-me"),
                    Buttons((Button("/elevate-me", Call("me")),)),
                ),
            ),
        ),
    )
    assert read('{"c":"me"}') == Call("me"), "what is pressed keeps its name"


def _elements(blocks: tuple[Block, ...]) -> list[Block]:
    found: list[Block] = []
    for each in blocks:
        found += [each, *_elements(tuple(each.get("elements", ())))]
    return found


def _types(blocks: tuple[Block, ...]) -> list[str]:
    return [each["type"] for each in _elements(blocks)]


def _follows(children: Sequence[Token], at: int) -> str:
    return "".join(each.content for each in children[at:])
