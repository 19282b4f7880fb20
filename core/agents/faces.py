"""The faces that an agent which a person makes may have."""

from __future__ import annotations

from dataclasses import dataclass

from core.ui import Option


@dataclass(frozen=True, slots=True)
class Face:
    """`avatar` names a picture beside the course's agents, "" for none; `emoji` is a name that Slack and Discord both know."""

    emoji: str
    label: str
    avatar: str = ""


FACES: tuple[Face, ...] = (
    Face("star", "Star"),
    Face("bee", "Bee"),
    Face("rocket", "Rocket"),
    Face("seedling", "Seedling"),
    Face("sunflower", "Sunflower"),
    Face("cactus", "Cactus"),
    Face("mushroom", "Mushroom"),
    Face("cat", "Cat"),
    Face("dog", "Dog"),
    Face("bear", "Bear"),
    Face("koala", "Koala"),
    Face("rabbit", "Rabbit"),
    Face("penguin", "Penguin"),
    Face("turtle", "Turtle"),
    Face("snail", "Snail"),
    Face("octopus", "Octopus"),
    Face("whale", "Whale"),
    Face("coffee", "Coffee"),
    Face("bell", "Bell"),
    Face("key", "Key"),
)
"""Their names are the same in Slack's and Discord's lists of emojis. None of them is the face of one of the twelve."""

OPTIONS: tuple[Option, ...] = tuple(Option(each.emoji, each.label) for each in FACES)


def face(emoji: str) -> Face:
    """The face of that name; the first where there is none."""
    return next((each for each in FACES if each.emoji == emoji), FACES[0])
