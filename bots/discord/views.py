"""Our messages and forms as discord.py takes them: it sends their JSON as it is, and keeps nothing of them."""

from __future__ import annotations

import io
from typing import Any

import discord

from bots.discord.posts import Component, Post


class Layout(discord.ui.LayoutView):
    """A message of components. Stopped from its beginning, so that discord.py waits for nothing that is pressed in it."""

    def __init__(self, components: tuple[Component, ...]) -> None:
        super().__init__(timeout=None)
        self._components = components
        self.stop()

    def has_components_v2(self) -> bool:
        """Every message of ours is made of components alone."""
        return True

    def to_components(self) -> list[dict[str, Any]]:
        """The components as Discord's API has them."""
        return [dict(each) for each in self._components]


class Dialog(discord.ui.Modal):
    """A form. `modal` is the whole of it: `custom_id`, `title` and `components`."""

    def __init__(self, modal: Component) -> None:
        super().__init__(title=str(modal.get("title")), timeout=None, custom_id=str(modal.get("custom_id")))
        self._modal = modal
        self.stop()

    def to_dict(self) -> dict[str, Any]:
        """The form as Discord's API has it."""
        return dict(self._modal)


def enclosed(post: Post) -> list[discord.File]:
    """The files of a post; to be made anew for each sending, since discord.py closes them."""
    return [discord.File(io.BytesIO(each.content), each.name, description=each.alt or None) for each in post.files]
