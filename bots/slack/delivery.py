"""A message's posts, sent one after the other, each as rich as the workspace takes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bots.pieces import pieces
from bots.slack.posts import Feature, Post
from bots.slack.remedies import REMEDIES, Abilities, Remedy, plainer
from bots.slack.troubles import SlackRefused
from core.ui import Message, Page

TEXT_AT_MOST = 3_900
"""Of a post that is text alone: chat.update takes no more than 4,000 characters."""


class Drawing(Protocol):
    """Makes posts of what is to be shown, without what the workspace refuses; charts that need a picture are drawn."""

    async def posts(self, shown: Message | Page, without: frozenset[Feature]) -> tuple[Post, ...]:
        """All of it."""
        ...

    async def ending(self, message: Message, without: frozenset[Feature]) -> tuple[Post, ...]:
        """What follows the message's text; nothing where there is nothing."""
        ...

    def marked(self, markdown: str) -> str:
        """A text that grows, as Slack is to have it: nobody is pinged by it."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """A post on its way: the number (from 1) of so many. `pictured`: its pictures are to stand in it, not beside it."""

    post: Post
    number: int
    of: int
    without: frozenset[Feature]
    pictured: bool = True


async def delivered(
    abilities: Abilities,
    team: str,
    draw: Callable[[frozenset[Feature]], Awaitable[tuple[Post, ...]]],
    send: Callable[[Part], Awaitable[str]],
    never: frozenset[Feature] = frozenset(),
) -> list[str]:
    """Send every post; where Slack refuses one, the same again without the newest thing in it, down to text. What helped is
    remembered for the workspace, except where it was about this message's length or there was nothing left but text.

    Raises:
        SlackTrouble: it could not be sent.
    """
    without = abilities.without(team) | never
    posts = await draw(without)
    sent: list[str] = []
    pictured, blamed = True, None
    while len(sent) < len(posts):
        post = posts[len(sent)]
        try:
            sent.append(await send(Part(post, len(sent) + 1, len(posts), without, pictured)))
        except SlackRefused as refused:
            if post.pictures and pictured and REMEDIES.get(refused.code) is Remedy.PLAINER:
                pictured = False
                continue
            left_out = abilities.refused(team, refused) or plainer(post, refused, without)
            if left_out is None or left_out in without:
                raise
            without |= {left_out}
            blamed = left_out if refused.code == "invalid_blocks" and left_out is not Feature.BLOCKS else None
            drawn = bare(post) if left_out is Feature.BLOCKS else await draw(without)
            posts = _instead(posts, len(sent), drawn, whole=left_out is not Feature.BLOCKS)
            without -= {Feature.BLOCKS}  # of this post alone
        else:
            if blamed is not None:
                abilities.refuse(team, blamed, "invalid_blocks")
            pictured, blamed = True, None
    return sent


def bare(post: Post) -> tuple[Post, ...]:
    """The post as text alone, in as many as it takes; the first of them brings the files, and the pictures as files."""
    texts = pieces(post.text, TEXT_AT_MOST) or (post.text,)
    first, *others = (Post(text) for text in texts)
    return (Post(first.text, files=(*post.files, *post.pictures)), *others)


def _instead(posts: tuple[Post, ...], sent: int, drawn: tuple[Post, ...], *, whole: bool) -> tuple[Post, ...]:
    """The posts that are to be sent now, of which so many were. Where the message now falls into other parts, and some of it was
    sent already, the part that was refused goes on as text."""
    if whole and (not sent or len(drawn) == len(posts)):
        return drawn
    return (*posts[:sent], *(bare(posts[sent]) if whole else drawn), *posts[sent + 1 :])
