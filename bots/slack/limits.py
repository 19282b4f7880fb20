"""Every limit of Slack's that is kept to, with the page that it comes from."""

from __future__ import annotations

BLOCKS = 50
"""In a message. https://docs.slack.dev/reference/block-kit/blocks"""
VIEW_BLOCKS = 100
"""In a modal or on the home tab. Same page."""
MARKDOWN = 11_500
"""Over all `markdown` blocks of a message; the page says 12,000. https://docs.slack.dev/reference/block-kit/blocks/markdown-block"""
MESSAGE = 12_000
"""Characters over all blocks of a message. No page says it; 13,200 is where Slack begins to refuse with msg_blocks_too_long, and
each block takes some more (https://github.com/slackapi/bolt-js/issues/2509)."""
BLOCK_COSTS = 125
"""Characters that a block takes beside its words. Same thread."""
TEXT = 3_800
"""The text of a message: chat.update takes 4,000 characters. https://docs.slack.dev/reference/methods/chat.update"""
SECTION = 3_000
"""https://docs.slack.dev/reference/block-kit/blocks/section-block"""
HEADER = 150
"""https://docs.slack.dev/reference/block-kit/blocks/header-block"""
CONTEXT = 2_000
"""Characters in an element of a context block. https://docs.slack.dev/reference/block-kit/blocks/context-block"""
ALT = 2_000
"""https://docs.slack.dev/reference/block-kit/blocks/image-block"""
ACTIONS = 25
"""Elements in an actions block. https://docs.slack.dev/reference/block-kit/blocks/actions-block"""
LABEL = 75
"""Of a button and of an option. https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
LINK = 3_000
"""Of a button's address. Same page."""
OPTIONS = 100
"""In a menu. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""
OPTION_VALUE = 75
"""What Slack's own types say; the page of options says 150 by now, so that what holds under both is safe.
https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""
PLACEHOLDER = 150
"""Of a menu. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""
TASK = 250
"""The title of a step. No page says how long it may be. https://docs.slack.dev/reference/block-kit/blocks/task-card-block"""
TABLES = 1
"""In a message. https://docs.slack.dev/reference/block-kit/blocks/table-block"""
TABLE_ROWS, TABLE_COLUMNS, TABLE_CHARACTERS = 100, 20, 10_000
"""Of a table, its head among the rows; characters over all cells. Same page."""
CHARTS = 2
"""In a message. https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block"""
CHART_TITLE, CHART_LABEL, CHART_SERIES, CHART_CATEGORIES = 50, 20, 6, 20
"""Of a chart: its title and axes; its categories and the names of its series; how many of each. Same page."""
