"""Answers as Discord's components: all of it shown, within every limit, and nobody pinged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bots.charts.pictures import Charts
from bots.discord import limits
from bots.discord.calls import read
from bots.discord.drawn import Drawn
from bots.discord.posts import Component, Post
from bots.discord.render import posts, text, to_draw
from core.request import File
from core.ui import (
    Button,
    Buttons,
    Call,
    Card,
    Chart,
    Element,
    Facts,
    Feedback,
    Link,
    Menu,
    Message,
    Meter,
    Page,
    Picture,
    Series,
    Table,
    Text,
    Tone,
)
from tests.bots.discord.sound import inside, read_in, refused
from tests.bots.tiny import GALLERY, STORY
from tests.servers.discord.shapes import Json

THUMBS = Feedback(Call("rate", {"good": "yes"}), Call("rate", {"good": "no"}))
PNG = File("shop window.png", "image/png", b"\x89PNG")
CHART = Chart("line", "Click rate", "%", (Series("CTR", tuple((f"W{at}", float(at)) for at in range(1, 9))),))
SAVING = Button("Save", Call("save"), primary=True)
SAVE = Buttons((SAVING,))


def one(*body: Element, title: str = "A card") -> Message:
    """A message of one card."""
    return Message(cards=(Card(title, body),))


def every(shown: Sequence[Post]) -> list[Json]:
    """All their components."""
    return [each for post in shown for each in inside(post.components)]


def kinds(shown: Sequence[Post]) -> list[int]:
    """The types of all their components."""
    return [each["type"] for each in every(shown)]


def content(markdown: str) -> str:
    """What becomes of Markdown."""
    return "\n".join(each["content"] for each in every(posts(Message(markdown))) if each["type"] == 10)


def sound(shown: Sequence[Post]) -> Sequence[Post]:
    """The posts, after Discord has looked at them."""
    assert [refused(post) for post in shown] == [[]] * len(shown)
    return shown


def test_everything_that_can_be_shown_is_shown() -> None:
    cards = (*GALLERY, Card("Last", (THUMBS, Picture("A kettle", PNG))))
    message = Message("".join(STORY), cards, files=(File("all my data.csv", "text/csv", b"a"),))
    shown = sound(posts(message, ":pencil2: **Writer**", dict.fromkeys(to_draw(message.cards), b"\x89PNG")))
    words = read_in(shown)
    for each in ["Writer", "first line", "Prove it", "Maria", "Europe/London", "Company", "4 of 9", "Leads by source"]:
        assert each in words, each
    for each in ["1,204", "A shop window", "Ask an agent", "Teacher", "Run H1", "A kettle", "Guide", "all_my_data-4.csv"]:
        assert each in words, each
    assert [each.name for each in shown[-1].files] == ["chart.png", "chart-2.png", "shop_window-3.png", "all_my_data-4.csv"]


def test_a_page_is_its_title_over_its_cards() -> None:
    (post,) = sound(posts(Page("Good morning, Maria", (Card("Next", (Text("Go *on*."), SAVE)), Card("Figures")))))
    assert [each["type"] for each in post.components] == [10, 17, 17]
    assert post.components[0]["content"] == "## Good morning, Maria"
    inner = list(inside(post.components[1:2]))
    assert (inner[1]["content"], inner[3]["label"], inner[3]["style"]) == ("### Next\nGo *on*.", "Save", 1)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("# One\n\n### Three\n\n#### Four **b**", "# One\n### Three\n**Four b**"),
        ("a *b* __c__ ~~d~~ `e`", "a *b* **c** ~~d~~ `e`"),
        ("- a\n  - b\n\n    c\n- [ ] d\n- [x] e", "- a\n  - b\n    c\n- ☐ d\n- ✓ e"),
        ("3. a\n   ```py\n   x\n   ```\n4. b", "3. a\n```py\nx\n```\n4. b"),
        ("> a\n> > b\n\n> c", "> a\n> \n> b\n\n> c"),
        ("~~~\na\n```\n~~~", "```\na\n``\u200b`\n```"),
        ("    indented", "```\nindented\n```"),
        ("| a | b |\n|--|--|\n| `1` | [x](https://x.test) |", "```\na  b\n-  ------------------\n1  x (https://x.test)\n```"),
        ("<b>bold</b> \\# x ||y|| a_b\n-# z", "\\<b>bold\\</b> # x \\|\\|y\\|\\| a\\_b\n\\-# z"),
        ("See ![a pan](https://x.test/p.png).", "See a pan (<https://x.test/p.png>)."),
        ("[our shop](https://evil.test) [x.test](https://x.test/)", "our shop (<https://evil.test>) <https://x.test/>"),
        ("\\[a](https://evil.test) [b][1]\n\n[1]: https://y.test", "\\[a](<https://evil.test>) b (<https://y.test>)"),
        ("(https://x.test/a_(b).) <me@x.test>", "(<https://x.test/a_(b)>.) me@x.test"),
        ("@everyone @here <@1> <@&2> <#3>", "@\u200beveryone @\u200bhere \\<\u200b@1> \\<\u200b@&2> \\<\u200b#3>"),
        ("Use `/kpi log` or /kpi log.", "Use `/kpi log` or /kpi log."),
        ("`` a`b `` and *a***b**", "``a`b`` and *a*\u200b**b**"),
    ],
)
def test_markdown_becomes_discords_own(markdown: str, shown: str) -> None:
    assert content(markdown) == shown


def test_a_line_across_is_a_line_across() -> None:
    assert kinds(posts(Message("a\n\n---\n\nb\n\n---"))) == [10, 14, 10]


def test_a_table_too_wide_for_a_phone_stands_row_by_row() -> None:
    rows = (("1", "Hook: make the right person stop", "Not Started"), ("2", "Gift: give before you ask", "Done"))
    (post,) = sound(posts(one(Table(("No.", "Module", "Status"), rows, "Modules", frozenset({0})))))
    assert every((post,))[1]["content"] == (
        "### A card\n-# Modules\n-# No. · Module · Status\n1 **Hook: make the right person stop**\n-# Not Started\n"
        "2 **Gift: give before you ask**\n-# Done"
    )
    long = "| Angle | Line |\n|--|--|\n| Pain | " + "Still scrubbing? " * 6 + "|\n| Gain | Wipe it clean |"
    assert content(long) == f"-# Angle\n**Pain**\nLine: {('Still scrubbing? ' * 6).strip()}\n\n**Gain**\nLine: Wipe it clean"


def test_a_tone_is_a_colour_and_a_mark() -> None:
    shown = [posts(Message(cards=(Card("Title", tone=tone),)))[0].components[0] for tone in Tone]
    assert ["accent_color" in each for each in shown] == [False, True, True, True]
    assert [list(inside([each]))[1]["content"] for each in shown] == ["### Title", "### ✓ Title", "### △ Title", "### ✕ Title"]
    (post,) = posts(Message(cards=(Card(body=(Text("There is no command /modul."),), tone=Tone.BAD),)))
    assert read_in((post,)).strip() == "✕ There is no command /modul."


def test_what_is_in_no_titled_card_stands_free_and_thumbs_beside_the_buttons() -> None:
    (post,) = sound(posts(Message("Words", (Card(body=(SAVE, THUMBS)),))))
    assert [each["type"] for each in post.components] == [10, 1]
    save, good, bad = every((post,))[2:]
    assert (save["label"], good["emoji"], bad["emoji"]) == ("Save", {"name": "👍"}, {"name": "👎"})
    assert read(str(good["custom_id"])) == THUMBS.good


def test_each_thing_to_press_does_what_it_says() -> None:
    items = tuple(Button(f"B{at}", Call("run", {"code": f"B{at}"}), primary=at == 0) for at in range(11))
    options = tuple(Button(f"O{at}", Call("run", {"code": f"O{at}"})) for at in range(60))
    (post,) = sound(posts(one(Buttons((*items, Link("Guide", "https://x.test"))), Menu("Pick", options))))
    rows = [each for each in every((post,)) if each["type"] == 1]
    assert [len(each["components"]) for each in rows] == [5, 5, 2, 1, 1, 1]
    buttons = [each for each in every((post,)) if each["type"] == 2]
    assert [read(each["custom_id"]).values["code"] for each in buttons[:-1]] == [f"B{at}" for at in range(11)]
    assert [each["style"] for each in buttons] == [1, *[2] * 10, 5]
    menus = [each for each in every((post,)) if each["type"] == 3]
    assert [each["placeholder"] for each in menus] == ["Pick: O0 to O24", "Pick: O25 to O49", "Pick: O50 to O59"]
    assert [read(each["value"]).values["code"] for menu in menus for each in menu["options"]] == [f"O{at}" for at in range(60)]
    assert posts(Message(cards=(Card(body=(Menu("Pick", ()), Buttons(()))),))) == ()


def test_equal_things_to_press_are_kept_apart() -> None:
    (post,) = sound(posts(one(SAVE, Text("or"), SAVE, Menu("Pick", (SAVING, SAVING)))))
    assert [read(each["custom_id"]) for each in every((post,)) if each["type"] == 2] == [SAVING.call] * 2


def test_labels_that_are_too_long_can_be_read_all_the_same() -> None:
    label = "word " * 18 + "end"
    (post,) = sound(posts(one(Buttons((Button(label, Call("a")),)))))
    assert label in read_in((post,))
    (post,) = sound(posts(one(Menu("Pick", (Button("option " * 22 + "end", Call("a")), Button("x" * 400, Call("b")))))))
    assert "option… …option" in read_in((post,))
    assert "x" * 400 in read_in((post,))
    (post,) = sound(posts(one(Buttons((Link("Far", "https://x.test/" + "a" * 600), Link("Odd", "elevate:x"))))))
    assert "Odd: elevate:x" in read_in((post,))


def test_a_long_answer_is_parted_between_its_blocks_and_buttons_stay_with_its_end() -> None:
    paragraphs = [f"Paragraph {at}: {'word ' * 60}" for at in range(1, 41)]
    fence = "```python\n" + "\n".join(f"line {at}" for at in range(40)) + "\n```"
    message = Message(cards=(Card("Long", (Text("\n\n".join([*paragraphs[:15], fence, *paragraphs[15:]])), SAVE), Tone.GOOD),))
    shown = sound(posts(message))
    assert len(shown) == 4
    assert re.findall(r"Paragraph (\d+):", read_in(shown)) == [str(at) for at in range(1, 41)]
    assert all(each["content"].count("```") % 2 == 0 for each in every(shown) if each["type"] == 10)
    assert {post.components[0].get("accent_color") for post in shown} == {0x23A55A}, "it goes on in a card like the first"
    assert kinds(shown[-1:]) == [17, 10, 1, 2]


def test_a_heading_is_not_left_at_the_end_of_a_post_nor_buttons_at_the_start_of_one() -> None:
    cards = tuple(Card(f"Card {at}", (Text("word " * 300), SAVE)) for at in range(9))
    shown = sound(posts(Message(cards=cards)))
    assert len(shown) > 1
    for post in shown:
        boxes = [list(inside([each])) for each in post.components]
        assert all(each[1]["content"].startswith("### Card") and each[-1]["type"] == 2 for each in boxes)


def test_many_small_cards_go_on_in_a_next_post() -> None:
    shown = sound(posts(Page("Home", tuple(Card(f"Card {at}", (Meter("M", at, 9), SAVE)) for at in range(30)))))
    assert len(shown) == 4
    assert re.findall(r"Card (\d+)", read_in(shown)) == [str(at) for at in range(30)]


def test_pictures_are_ten_to_a_post() -> None:
    shown = sound(posts(one(*(Picture(f"Picture {at}", PNG) for at in range(25)))))
    assert [len(post.files) for post in shown] == [10, 10, 5]


def test_a_chart_that_was_not_drawn_is_told_in_words() -> None:
    assert "▁" in read_in(posts(one(CHART)))
    wide = replace(CHART, series=(Series("CTR", tuple((f"W{at}", float(at)) for at in range(60))),))
    assert "0% (W0) to 59% (W59)" in read_in(posts(one(wide)))


async def test_a_chart_is_a_picture_with_its_figures_in_words() -> None:
    charts = Charts()
    try:
        (post,) = sound(await Drawn(charts).posts(one(CHART)))
    finally:
        await charts.close()
    assert post.files[0].content[:4] == b"\x89PNG"
    assert "Click rate. CTR: 1% (W1) to 8% (W8)" in read_in((post,))


def test_what_would_take_more_than_six_posts_is_a_file_behind_its_first_part() -> None:
    whole = "\n\n".join(f"Paragraph {at}: {'word ' * 60}" for at in range(200))
    (post,) = sound(posts(Message(whole, (Card(body=(SAVE,)),))))
    assert post.files[0].content.decode() == whole
    assert "all of it is in answer.md" in read_in((post,))


def test_a_text_that_grows_has_its_speaker_above_its_steps_and_a_stop_below() -> None:
    drawn = Drawn(Charts())
    (post,) = sound(drawn.text("Half of **an", ":owl: **Sage**", "✓ Read *it*\n… Writing", "evt_1"))
    assert [each["type"] for each in post.components] == [10, 10, 1]
    assert [each.get("content") for each in post.components[:2]] == [
        ":owl: **Sage**\nHalf of \\*\\*an",
        "-# ✓ Read \\*it\\*\n-# … Writing",
    ]
    assert every((post,))[3]["custom_id"] == "stop:evt_1"
    assert kinds(drawn.text("", stop="evt_1")) == [1, 2]
    shown = sound(drawn.text("word " * 1500, stop="evt_1"))
    assert [kinds((each,))[-1] for each in shown] == [10, 2]


ODD = st.text("ab <>&|`*_#\n-[]()!@1~\\", max_size=60)
LONG = st.sampled_from(["word " * 3000, "```\n" + "x\n" * 5000 + "```", "*_" * 3000, "@everyone " * 900, "- [ ] a\n" * 900])
ELEMENTS = st.one_of(
    st.builds(Text, ODD | LONG),
    st.builds(Facts, st.lists(st.tuples(ODD, ODD | LONG), max_size=30).map(tuple)),
    st.builds(Table, st.just(("a", "b")), st.lists(st.tuples(ODD, ODD | LONG), max_size=60).map(tuple), ODD),
    st.builds(Meter, ODD, st.integers(-3, 99), st.integers(-3, 99)),
    st.builds(
        lambda labels: Buttons(tuple(Button(each, Call("run")) for each in labels)),
        st.lists(ODD | st.just("x " * 90), max_size=30),
    ),
    st.builds(
        lambda label, many: Menu(label, tuple(Button(f"{at} {label}", Call("run")) for at in range(many))),
        ODD | st.just("y " * 90),
        st.integers(0, 230),
    ),
    st.builds(lambda alt: Picture(alt, PNG), ODD | LONG),
    st.just(CHART),
    st.just(THUMBS),
)
CARDS = st.builds(Card, ODD | LONG, st.lists(ELEMENTS, max_size=6).map(tuple), st.sampled_from(Tone))


@settings(max_examples=40, deadline=None)
@given(st.builds(Message, ODD | LONG, st.lists(CARDS, max_size=4).map(tuple)), ODD)
def test_whatever_is_answered_discord_takes_it(message: Message, said: str) -> None:
    drawn = dict.fromkeys(to_draw(message.cards), b"\x89PNG")
    assert list(chain.from_iterable(map(refused, posts(message, ":owl: **Sage**", drawn)))) == []
    assert list(chain.from_iterable(map(refused, text(said, "", said, "stop:1")))) == []


@settings(max_examples=150, deadline=None)
@given(st.text("ab >`*_#\n-[]!@<&1~", max_size=300) | LONG)
def test_no_letter_of_a_text_is_lost(markdown: str) -> None:
    assert re.findall("[a-z]", read_in(posts(Message(markdown)))) == re.findall("[a-z]", markdown)


WORDS = st.lists(st.integers(0, 10**6).map("zq{}".format), min_size=1, max_size=60).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS, WORDS, st.integers(1, 40))
def test_no_word_of_a_card_is_lost(title: str, name: str, value: str, label: str, many: int) -> None:
    body = (
        Facts(((name, value),) * many),
        Table((name, value), ((label, title),) * many, label),
        Meter(label, 1, 2),
        Buttons((Button(label, Call("a")), Link(value, "https://x.test"))),
        Menu(name, tuple(Button(value, Call("a")) for _ in range(many))),
        Picture(label, PNG),
    )
    shown = sound(posts(Message(cards=(Card(title, body),))))
    assert set(f"{title} {name} {value} {label}".split()) <= set(re.findall(r"\w+", read_in(shown)))


def test_the_limits_are_those_of_the_stand_in() -> None:
    component: Component = {"type": 10, "content": "x" * (limits.TEXT + 1)}
    assert refused(Post((component,)))
    assert refused(Post((component, component)))
    assert refused(Post(({"type": 10, "content": "x"},) * (limits.COMPONENTS + 1)))


def test_a_button_that_nobody_kept_is_dropped_with_an_error_that_names_its_command_alone() -> None:
    again = Button("Try again", Call("run", words="H1 " + "a long text " * 20), primary=True)
    short = Button("Help", Call("help"))
    body = (Text("That did not work."), Buttons((again, short)), Menu("Or", (again, short)), Menu("Once more", (again,)))
    with capture_logs() as logged:
        (post,) = posts(Message(cards=(Card(body=body),)), "", {})
    assert "Try again" not in str(post.components)
    assert str(post.components).count("Help") == 2
    assert "Once more" not in str(post.components)
    assert logged == [{"event": "discord button dropped", "log_level": "error", "command": "run"}] * 3


@pytest.mark.parametrize("plain", ["You", "Known since, it says", "## Here's your week", "Überblick und Ziele", "日本 語"])
def test_words_without_a_sign_are_what_they_are(plain: str) -> None:
    assert content(plain) == plain


@pytest.mark.parametrize(("markdown", "written"), [("a  b ", "a  b"), ("# a #", "# a"), ("a_b", "a\\_b"), ("a\nb", "a\nb")])
def test_words_with_one_are_read(markdown: str, written: str) -> None:
    assert content(markdown) == written
