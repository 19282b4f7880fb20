"""Answers as Slack's blocks: all of it shown, within every limit, with each newer thing and without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.charts.drawing import draw
from bots.slack import limits
from bots.slack.calls import read
from bots.slack.posts import PICTURE, Block, Feature, Post
from bots.slack.render import ending, home, page_posts, posts, to_draw
from core.request import File
from core.ui import (
    Band,
    Button,
    Buttons,
    Call,
    Card,
    Chart,
    Element,
    Facts,
    Feedback,
    Link,
    Mark,
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
from tests.bots.slack.sound import refused, refused_home
from tests.bots.tiny import GALLERY, STORY

WAYS = [
    frozenset[Feature](),
    *(frozenset({each}) for each in (Feature.CHART, Feature.TABLE, Feature.MARKDOWN, Feature.FEEDBACK, Feature.BLOCKS)),
    frozenset({Feature.CHART, Feature.TABLE, Feature.MARKDOWN, Feature.FEEDBACK}),
]
ALL_WAYS = pytest.mark.parametrize("without", WAYS, ids=lambda each: "+".join(sorted(each)) or "all")
THUMBS = Feedback(Call("rate", {"good": "yes"}), Call("rate", {"good": "no"}))
PNG = File("shop.png", "image/png", b"\x89PNG")
WEEKS = tuple((f"W{at}", float(at)) for at in range(1, 9))
NATIVE = Chart("line", "Click rate", "%", (Series("CTR", WEEKS),))


def one(*body: Element) -> Message:
    """A message of one card."""
    return Message(cards=(Card("A card", body),))


def blocks(shown: Sequence[Post]) -> list[Block]:
    """All their blocks."""
    return [block for post in shown for block in post.blocks]


def kinds(shown: Sequence[Post]) -> list[str]:
    """The types of all their blocks."""
    return [block["type"] for block in blocks(shown)]


def read_in(shown: object) -> str:
    """All that a person reads in blocks."""
    match shown:
        case str():
            return shown
        case {"type": "image", "alt_text": str(alt)}:
            return alt
        case dict():
            parts = (
                "title",
                "text",
                "fields",
                "elements",
                "rows",
                "options",
                "placeholder",
                "positive_button",
                "negative_button",
            )
            return " ".join(read_in(shown[each]) for each in (*parts, "chart", "series", "name") if each in shown)
        case list() | tuple():
            return " ".join(map(read_in, shown))
        case _:
            return ""


@ALL_WAYS
def test_everything_that_can_be_shown_is_shown(without: frozenset[Feature]) -> None:
    cards = (*GALLERY, Card("Last", (THUMBS, Picture("A kettle", PNG))))
    message = Message("".join(STORY), cards, files=(File("all.csv", "text/csv", b"a"),))
    drawn = dict.fromkeys(to_draw(message.cards, without), b"\x89PNG")
    shown = posts(message, without, drawn)
    assert [refused(post) for post in shown] == [[]] * len(shown)
    words = " ".join([read_in(list(post.blocks)) if post.blocks else post.text for post in shown])
    for each in ["first line", "Prove it", "Maria", "Europe/London", "Company", "4 of 9", "Leads by source", "Starter guide"]:
        assert each in words, each
    for each in ["1,204", "A shop window", "Ask an agent", "Teacher", "Run H1", "A kettle", "Guide"]:
        assert each in words, each
    assert shown[-1].files == message.files
    assert not any(post.files for post in shown[:-1])


@ALL_WAYS
def test_the_home_tab_takes_every_page_and_shows_all_of_it(without: frozenset[Feature]) -> None:
    page = Page("Good morning, Maria", (*GALLERY, Card("Last", (THUMBS, Text("# Why\n\n1. **one** & <!channel>")))))
    assert refused_home(home(page)) == []
    words = read_in(home(page)["blocks"])
    assert all(each in words for each in ["Good morning", "Maria", "4 of 9", "Click rate", "Starter guide", "A shop window"])
    shown = page_posts(page, without)
    assert [refused(post) for post in shown] == [[]] * len(shown)


def test_what_slack_has_of_its_own_is_used() -> None:
    shown = posts(one(NATIVE, Table(("a",), (("1",),)), Text("Words"), THUMBS))
    assert kinds(shown) == ["header", "data_visualization", "table", "markdown", "context_actions"]


@pytest.mark.parametrize(
    ("feature", "element", "kind"),
    [
        (Feature.CHART, NATIVE, "image"),
        (Feature.TABLE, Table(("a",), (("1",),)), "rich_text"),
        (Feature.MARKDOWN, Text("Words"), "rich_text"),
        (Feature.FEEDBACK, THUMBS, "actions"),
    ],
)
def test_what_a_workspace_does_not_know_has_a_plainer_way(feature: Feature, element: Element, kind: str) -> None:
    without = frozenset({feature})
    shown = posts(one(element), without, {NATIVE: b"\x89PNG"})
    assert kinds(shown) == ["header", kind]


def test_the_range_of_a_chart_of_slacks_own_is_told_below_it() -> None:
    shown = posts(one(replace(NATIVE, band=Band(2, 4, "Others reach"))))
    assert kinds(shown) == ["header", "data_visualization", "context"]
    assert "Others reach: 2% to 4%. The latest, " in read_in(list(shown[0].blocks))
    assert shown[0].text.count("Others reach") == 1, "and once in the words for notifications"
    assert refused(shown[0]) == []


def test_a_chart_that_was_not_drawn_is_a_row_of_signs() -> None:
    (post,) = posts(one(NATIVE), frozenset({Feature.CHART}))
    assert "▁" in read_in(list(post.blocks))


@pytest.mark.parametrize(
    "chart",
    [
        replace(NATIVE, series=(Series("CTR", (("W1", 1.0), ("W2", None))),)),
        replace(NATIVE, series=(Series("CTR", tuple((f"W{at}", 1.0) for at in range(21))),)),
        replace(NATIVE, series=(Series("A name that is too long", WEEKS),)),
        replace(NATIVE, series=(Series("CTR", (("A label that is too long", 1.0),)),)),
        replace(NATIVE, series=tuple(Series(f"S{at}", WEEKS) for at in range(7))),
        replace(NATIVE, series=(Series("S", WEEKS), Series("S", WEEKS))),
        replace(NATIVE, series=(Series("S", (("W1", 1.0), ("W1", 2.0))),)),
        replace(NATIVE, series=()),
        replace(NATIVE, title="T" * 51),
        replace(NATIVE, marks=(Mark("W2", "Spring hook"),)),
    ],
)
def test_a_chart_that_slack_cannot_show_is_a_picture_with_words_for_it(chart: Chart) -> None:
    message = one(chart)
    assert to_draw(message.cards) == (chart,)
    (post,) = posts(message, drawn={chart: draw(chart) if chart.series else b"\x89PNG"})
    image = post.blocks[1]
    assert image["slack_file"] == {"id": f"{PICTURE}0"}
    assert image["alt_text"].startswith(chart.title)
    assert post.pictures[0].content[:4] == b"\x89PNG"
    assert refused(post) == []


def test_pictures_are_numbered_by_post() -> None:
    pictures = tuple(Picture(f"Picture {at}", PNG) for at in range(60))
    shown = posts(one(*pictures))
    for post in shown:
        named = [block["slack_file"]["id"] for block in post.blocks if block["type"] == "image"]
        assert named == [f"{PICTURE}{at}" for at in range(len(post.pictures))]
    assert sum(len(post.pictures) for post in shown) == 60


def test_one_table_is_slacks_own_and_several_stand_in_markdown() -> None:
    table = Table(("Name", "Sold"), (("Pan | lid", "3"), ("", "4")), "Pans", frozenset({1}))
    (post,) = posts(one(table))
    assert [block["type"] for block in post.blocks] == ["header", "context", "table"]
    assert post.blocks[2]["column_settings"] == [{"is_wrapped": True}, {"align": "right"}]
    (post,) = posts(one(table, table))
    assert [block["type"] for block in post.blocks] == ["header", *["context", "markdown"] * 2]
    assert "Pan \\| lid" in post.blocks[2]["text"]
    (post,) = posts(replace(one(table), text="| a |\n|---|\n| 1 |"))
    assert "table" not in kinds((post,)), "a table within words counts too"


def test_a_long_table_goes_on_in_the_next_post_under_its_head() -> None:
    table = Table(("No.", "Name"), tuple((str(at), "n" * 150) for at in range(150)), numeric=frozenset({0}))
    shown = posts(one(table))
    assert [refused(post) for post in shown] == [[]] * len(shown)
    rows = [block["rows"] for post in shown for block in post.blocks if block["type"] == "table"]
    assert all(read_in(each[0]).split() == ["No.", "Name"] for each in rows)
    assert [row[0]["text"] for each in rows for row in each[1:]] == [str(at) for at in range(150)]


def test_a_table_too_wide_for_columns_is_lines_where_slack_has_no_tables() -> None:
    table = Table(
        ("No.", "Module", "Status"), (("1", "Hook: make the right person stop and look", "Not Started"),), "", frozenset({0})
    )
    (post,) = posts(one(table), frozenset({Feature.TABLE}))
    assert " ".join(read_in(post.blocks[1]).split()) == "1 Hook: make the right person stop and look Not Started"
    assert post.blocks[1]["elements"][0]["type"] == "rich_text_section"


def test_each_thing_to_press_has_a_number_of_its_own_and_does_what_it_says() -> None:
    pressed = tuple(Button(f"B{at}", Call("run", {"code": f"B{at}"}), primary=at == 0) for at in range(29))
    items: tuple[Button | Link, ...] = (*pressed, Link("Guide", "https://x.test"))
    options = tuple(Button(f"O{at}", Call("run", {"code": f"O{at}"})) for at in range(130))
    (post,) = posts(one(Buttons(items), Menu("Pick", options), THUMBS))
    elements = [element for block in post.blocks for element in block.get("elements", [])]
    ids = [each["action_id"] for each in elements]
    assert len(set(ids)) == len(ids)
    buttons = [each for each in elements if each["type"] == "button"]
    assert [len(block["elements"]) for block in post.blocks[1:]] == [25, 5, 1, 1, 1]
    assert [read(each["value"]).values["code"] for each in buttons[:-1]] == [f"B{at}" for at in range(29)]
    assert (buttons[0]["style"], buttons[-1]["url"]) == ("primary", "https://x.test")
    assert all(each["action_id"].startswith("call:") for each in elements if "url" not in each)
    menus = [each for each in elements if each["type"] == "static_select"]
    assert [each["placeholder"]["text"] for each in menus] == ["Pick: O0 to O99", "Pick: O100 to O129"]
    assert [read(option["value"]).values["code"] for each in menus for option in each["options"]] == [
        f"O{at}" for at in range(130)
    ]


def test_an_option_whose_call_is_too_long_for_a_menu_is_a_button() -> None:
    (post,) = posts(one(Menu("Pick", (Button("One", Call("run", {"code": "x" * 80})),))))
    assert [block["type"] for block in post.blocks] == ["header", "context", "actions"], "its label stands over it"
    assert post.blocks[2]["elements"][0]["type"] == "button"
    assert refused(post) == []


def test_a_tone_is_a_quiet_mark() -> None:
    marks = [posts(Message(cards=(Card("Title", tone=tone),)))[0].blocks[0]["text"]["text"] for tone in Tone]
    assert marks == ["Title", "✓ Title", "△ Title", "✕ Title"]
    (post,) = posts(Message(cards=(Card(body=(Text("There is no command /modul."),), tone=Tone.BAD),)))
    assert post.blocks[0]["text"] == "✕ There is no command /modul."


def test_a_title_that_is_too_long_for_a_header_is_bold() -> None:
    (post,) = posts(Message(cards=(Card("word " * 40),)))
    assert post.blocks[0]["elements"][0]["elements"][0] == {
        "type": "text",
        "text": ("word " * 40).strip(),
        "style": {"bold": True},
    }


def test_a_meter_is_a_bar_with_its_counts() -> None:
    (post,) = posts(one(Meter("Company", 4, 9), Meter("Customer", 9, 9), Meter("None", 0, 0)))
    assert "".join(read_in(post.blocks[1]).split(" ")).split() == [
        "████░░░░░░Company4of9",
        "██████████Customer9of9",
        "░░░░░░░░░░None0of0",
    ]


@ALL_WAYS
def test_a_long_answer_is_parted_between_its_blocks_and_buttons_come_last(without: frozenset[Feature]) -> None:
    paragraphs = [f"Paragraph {at}: {'word ' * 60}" for at in range(1, 31)]
    fence = "```\n" + "\n".join(f"line {at}" for at in range(40)) + "\n```"
    save = Card(body=(Buttons((Button("Save", Call("save")),)),))
    shown = posts(Message("\n\n".join([*paragraphs[:15], fence, *paragraphs[15:]]), (save,)), without)
    assert [refused(post) for post in shown] == [[]] * len(shown)
    words = " ".join(read_in(list(post.blocks)) if post.blocks else post.text for post in shown)
    assert re.findall(r"Paragraph (\d+):", words) == [str(at) for at in range(1, 31)]
    assert "Save" in (read_in(list(shown[-1].blocks)) if shown[-1].blocks else shown[-1].text)
    assert all(text.count("```") % 2 == 0 for text in [*(post.text for post in shown), *_markdown(shown)])


def test_what_would_take_more_than_three_posts_is_a_file_behind_its_first_part() -> None:
    text = "\n\n".join(f"Paragraph {at}: {'word ' * 60}" for at in range(200))
    (post,) = posts(Message(text, (Card(body=(Buttons((Button("Save", Call("save")),)),)),)))
    assert post.files[0].content.decode() == text
    assert len(_markdown((post,))[0]) <= limits.TEXT + 100
    assert "answer.md" in _markdown((post,))[0]
    assert post.blocks[-1]["type"] == "actions"
    shown = posts(replace(one(Text(text), Text("Short"), Text(text)), files=(PNG,)), frozenset({Feature.BLOCKS}))
    assert [each.name for each in shown[-1].files] == ["answer.md", "answer-2.md", "shop.png"]
    assert any("Short" in each.text for each in shown)


def test_text_alone_says_what_can_be_typed_instead_of_pressed() -> None:
    card = Card(
        "Hook",
        (
            Text("See [it](https://x.test)."),
            Facts((("Name", "Maria & co"),)),
            Meter("Company", 4, 9),
            Buttons(
                (
                    Button("Run H1", Call("run", {"code": "H1"})),
                    Button("Edit", Call("edit", form=True)),
                    Link("Guide", "https://y.test"),
                )
            ),
            Menu("Agents", (Button("Teacher", Call("help", words="kpi")),)),
        ),
        Tone.GOOD,
    )
    (post,) = posts(Message(cards=(card,)), frozenset({Feature.BLOCKS}))
    assert post.blocks == ()
    assert post.text == (
        "*✓ Hook*\n\nSee it (<https://x.test>).\n\n• *Name:* Maria &amp; co\n\nCompany: 4 of 9\n\n"
        "• Run H1: `/run H1`\n• Edit\n• Guide: https://y.test\n\nAgents:\n\n• Teacher: `/help kpi`"
    )


def test_what_follows_a_text_that_grew_is_its_cards_and_files() -> None:
    assert ending(Message("All that grew")) == ()
    (post,) = ending(Message("All that grew", (Card(body=(THUMBS,)),), (PNG,)))
    assert [block["type"] for block in post.blocks] == ["context_actions"]
    assert post.files == (PNG,)
    (post,) = ending(Message("All that grew", files=(PNG,)))
    assert (post.text, post.files) == ("shop.png", (PNG,))


def test_a_post_has_words_for_a_notification_that_call_nobody() -> None:
    (post,) = posts(Message("**Look** <!channel> & <@U1>", (Card("Title", (Table(("a",), (("1",),)),)),)))
    assert post.text.startswith("Look &lt;!channel&gt; &amp; &lt;@U1&gt;\n\nTitle\n\na")


def test_a_heading_is_not_left_at_the_end_of_a_post() -> None:
    cards = tuple(Card(f"Card {at}", (Text("word " * 900),)) for at in range(6))
    shown = posts(Message(cards=cards))
    assert len(shown) > 1
    assert all(post.blocks[-1]["type"] != "header" for post in shown)


ODD = st.text("ab <>&|`*_#\n-[]()!@1", max_size=60)
ELEMENTS = st.one_of(
    st.builds(Text, ODD | st.sampled_from(["word " * 3000, "```\n" + "x\n" * 5000 + "```"])),
    st.builds(Facts, st.lists(st.tuples(ODD, ODD | st.just("v" * 4000)), max_size=30).map(tuple)),
    st.builds(Table, st.just(("a", "b")), st.lists(st.tuples(ODD, ODD), max_size=120).map(tuple), ODD),
    st.builds(Meter, ODD, st.integers(-3, 99), st.integers(-3, 99)),
    st.builds(lambda labels: Buttons(tuple(Button(each, Call("run")) for each in labels)), st.lists(ODD, max_size=30)),
    st.builds(
        lambda label, many: Menu(label, tuple(Button(f"{at}", Call(f"r{at}")) for at in range(many))), ODD, st.integers(0, 230)
    ),
    st.builds(lambda alt: Picture(alt, PNG), ODD),
    st.builds(
        lambda title, values: Chart(
            "bar", title, "", (Series("S", tuple((f"L{at}", value) for at, value in enumerate(values))),)
        ),
        ODD,
        st.lists(st.none() | st.floats(-9, 9), max_size=24),
    ),
)
CARDS = st.builds(Card, ODD, st.lists(ELEMENTS, max_size=6).map(tuple), st.sampled_from(Tone))


@settings(max_examples=60, deadline=None)
@given(st.builds(Message, ODD, st.lists(CARDS, max_size=4).map(tuple)), st.sampled_from(WAYS))
def test_whatever_is_answered_slack_takes_it(message: Message, without: frozenset[Feature]) -> None:
    shown = posts(message, without)
    assert list(chain.from_iterable(map(refused, shown))) == []
    assert refused_home(home(Page("Home", message.cards))) == []


def _markdown(shown: Sequence[Post]) -> list[str]:
    return [block["text"] for block in blocks(shown) if block["type"] == "markdown"]
