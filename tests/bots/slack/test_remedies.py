"""Each error of Slack's has its remedy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bots.slack.posts import Block, Feature, Post
from bots.slack.remedies import REMEDIES, SHOWN_BY, TRIED_AGAIN_AFTER, Abilities, Remedy, plainer
from bots.slack.troubles import SlackRefused

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("errors", "remedy"),
    [
        ("invalid_blocks invalid_attachments msg_blocks_too_long msg_too_long", Remedy.PLAINER),
        ("channel_not_found is_archived not_in_channel restricted_action", Remedy.ELSEWHERE),
        ("cannot_dm_bot user_disabled user_not_found", Remedy.UNREACHABLE),
        ("account_inactive token_revoked", Remedy.GONE),
        ("invalid_auth not_authed", Remedy.CLOSED),
        ("missing_scope", Remedy.SCOPE),
        ("internal_error fatal_error service_unavailable", Remedy.WAIT),
        ("message_not_in_streaming_state", Remedy.OVER),
        ("stopped_by_user", Remedy.STOPPED),
    ],
)
def test_the_table_of_remedies(errors: str, remedy: Remedy) -> None:
    assert {REMEDIES[each] for each in errors.split()} == {remedy}


def _post(*types: str) -> Post:
    return Post("words", tuple({"type": each} for each in types))


@pytest.mark.parametrize(
    ("types", "without", "left_out"),
    [
        ("markdown table data_visualization", "", Feature.CHART),
        ("markdown table data_visualization", "chart", Feature.TABLE),
        ("markdown data_table", "", Feature.TABLE),
        ("markdown context_actions", "", Feature.FEEDBACK),
        ("markdown", "", Feature.MARKDOWN),
        ("markdown", "markdown", Feature.BLOCKS),
        ("section", "", Feature.BLOCKS),
    ],
)
def test_the_newest_thing_goes_first_and_all_blocks_last(types: str, without: str, left_out: Feature) -> None:
    refused = SlackRefused("invalid_blocks")
    assert plainer(_post(*types.split()), refused, {Feature(each) for each in without.split()}) is left_out


def test_what_slack_points_at_goes_before_what_is_newer() -> None:
    refused = SlackRefused("invalid_blocks", places=("/blocks/1/rows",))
    assert plainer(_post("data_visualization", "table"), refused, ()) is Feature.TABLE


def test_a_block_inside_another_counts() -> None:
    inside: Block = {"type": "container", "child_blocks": [{"type": "data_visualization"}]}
    assert plainer(Post("words", (inside,)), SlackRefused("invalid_blocks"), ()) is Feature.CHART


def test_text_alone_cannot_be_made_plainer_and_other_errors_are_no_matter_of_looks() -> None:
    assert plainer(Post("words"), SlackRefused("msg_too_long"), ()) is None
    assert plainer(_post("markdown"), SlackRefused("channel_not_found"), ()) is None


def test_everything_that_blocks_show_can_be_left_out() -> None:
    others = {Feature.STREAM, Feature.SESSION, Feature.STATUS, Feature.REACTION, Feature.FACE, Feature.BLOCKS}
    assert set(SHOWN_BY) == set(Feature) - others


def test_what_a_workspace_refused_is_tried_again_after_a_while() -> None:
    now = [NOON]
    abilities = Abilities(lambda: now[0])
    abilities.refuse("T1", Feature.CHART)
    assert abilities.without("T1") == {Feature.CHART}
    assert abilities.without("T2") == frozenset()
    now[0] += TRIED_AGAIN_AFTER + timedelta(seconds=1)
    assert abilities.without("T1") == frozenset()


@pytest.mark.parametrize(
    ("needed", "off"), [("chat:write.customize", Feature.FACE), ("assistant:write", Feature.STATUS), ("files:write", None)]
)
def test_without_a_permission_what_needs_it_is_off(needed: str, off: Feature | None) -> None:
    abilities = Abilities(lambda: NOON)
    assert abilities.refused("T1", SlackRefused("missing_scope", needed=needed)) is off
    assert abilities.without("T1") == ({off} if off else frozenset())
    assert abilities.refused("T1", SlackRefused("channel_not_found")) is None
