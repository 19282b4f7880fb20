"""What the thread of a question is called."""

from __future__ import annotations

import pytest

from bots.discord.threads import NAME_AT_MOST, UNNAMED, named


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("<@123456789012345678> how do I *price* my **tea**?\nAnd then?", "how do I price my tea?"),
        ("<@&42> <#7> hello </run:77> there", "hello there"),
        ("# Head <:tea:123456789012345678> and `code`", "Head :tea: and code"),
        ("@everyone\n\n- the first thing\n- the second", "the first thing"),
        ("<@1>", UNNAMED),
        ("", UNNAMED),
        ("```\n```", UNNAMED),
    ],
)
def test_it_is_named_after_the_first_line_in_plain_words(question: str, name: str) -> None:
    assert named(question) == name


def test_a_long_one_ends_with_a_word() -> None:
    name = named("How do I " + "reach more people " * 10)
    assert len(name) <= NAME_AT_MOST
    assert name.endswith(("reach…", "more…", "people…"))
    assert len(named("x" * 150)) == NAME_AT_MOST
