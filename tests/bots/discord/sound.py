"""What Discord would refuse of what was rendered: by its published description, and by the rules of the stand-in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from bots.discord.posts import Component, Post
from tests.servers.discord import limits
from tests.servers.discord.openapi import check_body, find
from tests.servers.discord.shapes import Json, Refused
from tests.servers.discord.things import Flag

CREATE, _ = find("POST", "/channels/1/messages")
MENTIONS = re.compile(r"<(?:@[!&]?|#)\d+>|(?<![\w.])@(?:everyone|here)\b")
MASKED = re.compile(r"(?<!\\)\[[^\]\n]*\]\(")


def refused(post: Post) -> list[str]:
    """Why Discord would not take a post, or why we would not want it; nothing where both is well."""
    body: Json = json.loads(json.dumps({"components": post.components, "flags": Flag.IS_COMPONENTS_V2}))
    about = [{"id": str(at), "filename": each.name, "description": each.alt} for at, each in enumerate(post.files)]
    body |= {"attachments": about} if about else {}
    uploads = [limits.Upload(str(at), each.name, each.content, "") for at, each in enumerate(post.files)]
    try:
        check_body(CREATE, body)
        limits.check_new(body, uploads, may=limits.CHANNEL_FLAGS)
    except Refused as refusal:
        return [refusal.why]
    texts = [each["content"] for each in inside(body["components"]) if each["type"] == 10]
    found = [f"empty, a mention or a hidden address: {each!r}" for each in texts if not each.strip() or _bad(_prose(each))]
    return found + [f"Discord changes {each.name}" for each in post.files if not re.fullmatch(r"[\w-]+(\.\w+)*", each.name, re.A)]


def inside(components: Sequence[Component]) -> Iterator[Json]:
    """All components, those within others too."""
    for each in components:
        yield dict(each)
        held = each.get("components")
        if isinstance(held, list | tuple):
            yield from inside(held)


def read_in(posts: Sequence[Post]) -> str:
    """All that a person reads, in order, without the signs that only mean something."""
    return "\n".join(_said(each) for post in posts for each in inside(post.components))


def _said(component: Json) -> str:
    words = [str(component[each]) for each in ("content", "label", "placeholder") if each in component]
    words += [f"{each['label']} {each.get('description', '')}" for each in component.get("options", ())]
    words += [each["description"] for each in component.get("items", ())]
    words += [component["file"]["url"]] if "file" in component else []
    return " ".join(words).replace("\u200b", "").replace("\\", "")


def _bad(prose: str) -> bool:
    return bool(MENTIONS.search(prose) or MASKED.search(prose))


def _prose(text: str) -> str:
    """The text without its code, in which nobody is called."""
    return re.sub(r"```.*?```|(`+)(?!`).+?(?<!`)\1(?!`)|<https?://[^>]*>", " ", text, flags=re.DOTALL)
