"""All that a message says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bots.slack.fulltext import full_text

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Salt & time, ", "style": {"bold": True}},
                {"type": "link", "url": "https://a.example", "text": "here"},
                {"type": "text", "text": "\n"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "jars"}]},
                {"type": "rich_text_section", "elements": [{"type": "emoji", "name": "seedling"}]},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "It\nsmelled off"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x <y"}]},
    ],
}


def test_an_apps_message_says_what_its_blocks_say() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Hooks"}},
        {"type": "markdown", "text": "**One** &amp; two"},
        {"type": "container", "child_blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "three &lt;4"}}]},
        RICH,
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Keep"}}]},
    ]
    text = full_text({"bot_id": "B1", "text": "Hooks…", "blocks": blocks})
    assert text == (
        "Hooks\n\n**One** & two\n\nthree <4\n\n"
        "Salt & time, here (https://a.example)\n\n- jars\n- :seedling:\n> It\n> smelled off\n```\nx <y\n```"
    )


def test_a_text_that_says_more_than_the_blocks_counts() -> None:
    assert full_text({"bot_id": "B1", "text": "All of it", "blocks": [{"type": "image", "alt_text": "x"}]}) == "All of it"


def test_a_person_says_their_text_and_what_they_forward() -> None:
    forwarded = {"is_share": True, "text": "How long does\n<https://a.example> take?", "author_name": "Sam"}
    unfurled = {"from_url": "https://a.example", "text": "A shop"}
    said = {"text": "<@U0ELEVATE> see", "attachments": [unfurled, forwarded], "blocks": [RICH]}
    assert full_text(said, "U0ELEVATE") == "see\n\n> How long does\n> https://a.example take?"
    assert full_text({"text": "", "attachments": [forwarded]}).startswith("> How long")


blocks = st.recursive(
    st.none() | st.text(max_size=5),
    lambda inside: st.fixed_dictionaries(
        {"type": st.sampled_from(["section", "rich_text", "container", "rich_text_list", "markdown", "header"])},
        optional={"text": inside, "elements": st.lists(inside, max_size=3), "child_blocks": st.lists(inside, max_size=3)},
    ),
    max_leaves=20,
)


@given(st.lists(blocks, max_size=4))
def test_whatever_stands_in_blocks_is_read_to_the_end(found: list[object]) -> None:
    assert isinstance(full_text({"bot_id": "B1", "text": "", "blocks": found}), str)
