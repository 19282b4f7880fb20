"""An agent's name and face, as Slack is told them."""

from __future__ import annotations

from bots.slack.faces import Faces
from bots.slack.posts import Feature
from core.ui import Speaker

WRITER = Speaker("Writer", "writer.svg", "pencil2")


def test_with_a_public_address_the_face_is_a_picture() -> None:
    face = Faces("https://coach.example/").of(WRITER)
    assert face == {"username": "Writer", "icon_url": "https://coach.example/faces/writer.png"}


def test_where_slack_cannot_fetch_pictures_an_emoji_stands_in() -> None:
    assert Faces().of(WRITER) == {"username": "Writer", "icon_emoji": ":pencil2:"}
    assert Faces("http://127.0.0.1:8080").of(WRITER) == {"username": "Writer", "icon_emoji": ":pencil2:"}
    assert Faces().of(Speaker("Nobody")) == {"username": "Nobody"}


def test_nobody_and_who_may_not_has_no_face() -> None:
    assert Faces().of(None) == {}
    assert Faces().of(WRITER, {Feature.FACE}) == {}
