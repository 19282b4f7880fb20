"""What a person reads of each block."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers.slack.blocks import DEFINITIONS, block_faults
from tests.servers.slack.reading import blocks_text

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": "Read "}, {"type": "link", "url": "https://example.com"}],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "tada"}]}
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "so"}]},
    ],
}
PICTURE: Json = {"type": "image", "alt_text": "A line", "image_url": "https://example.com/a.png"}
OPTION: Json = {"text": plain("Weekly"), "value": "w"}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "Read", "status": "complete"}
BUTTON: Json = {"type": "button", "text": plain("Go"), "action_id": "go"}
ROWS: list[list[Json]] = [[{"type": "raw_text", "text": "KPI"}], [{"type": "raw_number", "value": 7.5, "text": "7.5"}]]
PIE: Json = {"type": "pie", "segments": [{"label": "Deep", "value": 2.5}, {"label": "Light", "value": 5}]}
READS: dict[str, tuple[Json, str]] = {
    "header": ({"type": "header", "text": plain("Week 3")}, "Week 3"),
    "section": ({"type": "section", "text": marked("Sleep"), "fields": [plain("8 h")], "accessory": BUTTON}, "Sleep\n8 h\n[Go]"),
    "context": ({"type": "context", "elements": [marked("a"), PICTURE]}, "a · Image: A line"),
    "actions": (
        {
            "type": "actions",
            "elements": [
                BUTTON,
                {"type": "static_select", "action_id": "m", "placeholder": plain("How often"), "options": [OPTION]},
                {"type": "radio_buttons", "action_id": "r", "options": [OPTION]},
                {"type": "overflow", "action_id": "o", "options": [OPTION]},
            ],
        },
        "[Go] [How often ▾] [Weekly] […]",
    ),
    "divider": ({"type": "divider"}, "———"),
    "image": ({**PICTURE, "title": plain("Sleep")}, "Image: Sleep – A line"),
    "markdown": ({"type": "markdown", "text": "**x**"}, "**x**"),
    "rich_text": (RICH, "Read https://example.com\n• <@U1>:tada:\n> so"),
    "table": ({"type": "table", "rows": [[*ROWS[0], RICH]]}, "KPI | Read https://example.com\n• <@U1>:tada:\n> so"),
    "data_table": ({"type": "data_table", "caption": "KPIs", "rows": ROWS}, "KPIs\nKPI\n7.5"),
    "data_visualization": ({"type": "data_visualization", "title": "Sleep", "chart": PIE}, "Chart: Sleep\nDeep 2.5, Light 5"),
    "container": ({"type": "container", "title": plain("More"), "child_blocks": [{"type": "divider"}]}, "More\n———"),
    "card": ({"type": "card", "title": marked("Mira"), "body": marked("Coach"), "actions": [BUTTON]}, "Mira\nCoach\n[Go]"),
    "carousel": ({"type": "carousel", "elements": [{"type": "card", "title": marked("Mira")}]}, "Mira"),
    "plan": ({"type": "plan", "title": "A plan", "tasks": [TASK]}, "A plan\n● Read"),
    "task_card": (TASK, "● Read"),
    "context_actions": (
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Away")}]},
        "[Away]",
    ),
}


@pytest.mark.parametrize(("block", "text"), READS.values(), ids=READS)
def test_each_block_reads_as_it_looks(block: Json, text: str) -> None:
    assert block_faults([block], "message", lambda file: True) == []
    assert blocks_text([block]) == text


def test_no_block_is_left_out() -> None:
    elsewhere = {"alert", "input", "video"}
    assert {*READS} | elsewhere == {*DEFINITIONS, "data_visualization"}
