"""A file as answers and events carry it.

https://docs.slack.dev/reference/objects/file-object
"""

from __future__ import annotations

from tests.servers.slack.shapes import Json
from tests.servers.slack.things import File
from tests.servers.slack.workspace import Workspace


def file_json(world: Workspace, file: File) -> Json:
    """A file, as the file object's page has it."""
    private = world.private_url(file)
    public = any(world.channels[each].kind == "public" for each in file.channels)
    kinds = {"text/csv": ("csv", "CSV"), "text/plain": ("text", "Plain Text"), "image/png": ("png", "PNG")}
    filetype, pretty = kinds.get(file.mimetype, ("binary", "Binary"))
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": filetype,
        "pretty_type": pretty,
        "user": file.owner,
        "user_team": file.team,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": public,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": private,
        "url_private_download": f"{private}?download=1",
        "permalink": f"{private}/link",
        "channels": [each for each in file.channels if world.channels[each].kind == "public"],
        "groups": [],
        "ims": [each for each in file.channels if world.channels[each].kind == "im"],
        "file_access": "visible",
    }
