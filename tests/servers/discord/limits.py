"""What Discord asks of messages, names, files and threads beyond its published description.

https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.servers.discord.components import Wrong, every, in_message, media
from tests.servers.discord.shapes import Json, Refused, malformed
from tests.servers.discord.things import Attachment, Flag, Message

CONTENT_AT_MOST = 2000
EMBEDS_TEXT_AT_MOST = 6000
FILES_AT_MOST, FILE_BYTES_AT_MOST, ALT_AT_MOST = 10, 10 * 2**20, 1024
EMOJI_BYTES_AT_MOST, EMOJIS_AT_MOST = 256 * 1024, 2000
WEBHOOKS_AT_MOST = 15
FORBIDDEN_NAMES = ("discord", "clyde")

CHANNEL_FLAGS = Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.IS_COMPONENTS_V2
RESPONSE_FLAGS = CHANNEL_FLAGS | Flag.EPHEMERAL
"""What an app may set, in an ordinary message and in an answer to an interaction."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a request: `files[number]`."""

    number: str
    name: str
    content: bytes
    content_type: str


def check_new(body: Json, uploads: Sequence[Upload], *, may: Flag) -> None:
    """Raise Refused where a new message is wrong; `may`: the flags that can be set there."""
    flags = Flag(body.get("flags") or 0)
    wrong = list(_flags(flags, may))
    v2 = Flag.IS_COMPONENTS_V2 in flags
    wrong += [*_files(body, uploads, ()), *_content(body, v2=v2), *_mentions(body)]
    if v2:
        wrong += _shown(body, uploads, ())
    if wrong:
        raise malformed(*wrong)
    filled = body.get("content") or body.get("embeds") or uploads or body.get("poll") or body.get("sticker_ids")
    if not filled and not body.get("components"):
        raise Refused(400, 50006, "Cannot send an empty message")


def check_change(body: Json, uploads: Sequence[Upload], before: Message) -> None:
    """Raise Refused where a message cannot be changed so."""
    asked = body.get("flags")
    flags = before.flags if asked is None else Flag(asked)
    wrong: list[Wrong] = []
    if before.v2 and Flag.IS_COMPONENTS_V2 not in flags:
        wrong.append(("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "The Components V2 flag cannot be removed"))
    v2 = before.v2 or Flag.IS_COMPONENTS_V2 in flags
    after: Json = {
        "content": before.content,
        "embeds": before.embeds,
        "components": before.components,
        **{name: body[name] for name in ("content", "embeds", "components") if name in body},
    }
    kept = _kept(body, before.attachments)
    wrong += [*_files(body, uploads, before.attachments), *_mentions(body)]
    wrong += _content(after if "components" in body else {**after, "components": []}, v2=v2)
    if v2:
        wrong += _shown(after, uploads, kept)
    if wrong:
        raise malformed(*wrong)
    if not v2 and not any((after["content"], after["embeds"], after["components"], kept, uploads)):
        raise Refused(400, 50006, "Cannot send an empty message")


def _kept(body: Json, attachments: Sequence[Attachment]) -> list[Attachment]:
    if body.get("attachments") is None:
        return list(attachments)
    named = {str(each["id"]) for each in body["attachments"]}
    return [each for each in attachments if each.id in named]


def _flags(flags: Flag, may: Flag) -> Iterator[Wrong]:
    if flags & ~may:
        yield "flags", "MESSAGE_FLAGS_INVALID", f"{(flags & ~may)!r} cannot be set here"


def _content(body: Json, *, v2: bool) -> Iterator[Wrong]:
    if len(body.get("content") or "") > CONTENT_AT_MOST:
        yield "content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."
    if v2:
        for name in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(name):
                text = "This field cannot be used when the flag IS_COMPONENTS_V2 is set"
                yield name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text
    length = sum(_embed_length(each) for each in body.get("embeds") or [])
    if length > EMBEDS_TEXT_AT_MOST:
        yield "embeds", "MAX_EMBED_SIZE_EXCEEDED", f"{length} characters over all embeds, at most {EMBEDS_TEXT_AT_MOST}"
    yield from in_message(body.get("components") or [], v2=v2)


def _embed_length(embed: Json) -> int:
    parts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    parts += [(embed.get("author") or {}).get("name")]
    parts += [each[name] for each in embed.get("fields") or [] for name in ("name", "value")]
    return sum(len(each or "") for each in parts)


def _mentions(body: Json) -> Iterator[Wrong]:
    allowed = body.get("allowed_mentions") or {}
    for name in ("users", "roles"):
        if allowed.get(name) and name in (allowed.get("parse") or []):
            text = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            yield "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text


def _files(body: Json, uploads: Sequence[Upload], before: Sequence[Attachment]) -> Iterator[Wrong]:
    """What is wrong with the files, and with what is said of them."""
    if len(uploads) > FILES_AT_MOST:
        yield "files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length."
    for each in uploads:
        if len(each.content) > FILE_BYTES_AT_MOST:
            raise Refused(413, 40005, "Request entity too large")
        if not each.name:
            yield f"files.{each.number}", "BASE_TYPE_REQUIRED", "A file has a name"
    known = {each.number for each in uploads} | {each.id for each in before}
    for number, said in enumerate(body.get("attachments") or []):
        if str(said["id"]) not in known:
            yield f"attachments.{number}.id", "ATTACHMENT_NOT_FOUND", "There is no such file in the upload"
        if len(said.get("description") or "") > ALT_AT_MOST:
            yield f"attachments.{number}.description", "BASE_TYPE_MAX_LENGTH", "Must be 1024 or fewer in length."


def _shown(body: Json, uploads: Sequence[Upload], kept: Sequence[Attachment]) -> Iterator[Wrong]:
    """Whether each file that components name is there, and each that is there is named."""
    there = [each.name for each in uploads] + [each.name for each in kept]
    named = set()
    for place, each in every(body.get("components") or []):
        for shown in media(each):
            scheme, _, name = shown["url"].partition("://")
            if scheme == "attachment":
                named.add(name)
                if name not in there:
                    yield place, "ATTACHMENT_NOT_FOUND", f"No file {name!r} was uploaded, only {there}"
            else:
                named.add(shown["url"].rpartition("/")[2])
    for unseen in sorted(set(there) - named):
        yield "attachments", "ATTACHMENT_NOT_REFERENCED", f"No component shows the file {unseen!r}"
    yield from _doubled(there)


def _doubled(names: Iterable[str]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for each in names:
        if each in seen:
            yield "attachments", "ATTACHMENT_NAME_DUPLICATED", f"Two files are called {each!r}"
        seen.add(each)


def check_name(name: str | None, where: str) -> None:
    """Raise Refused where a webhook cannot be called, or show itself as, this."""
    if name is None:
        return
    if not 1 <= len(name.strip()) <= 80:
        raise malformed((where, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 80 in length."))
    for word in FORBIDDEN_NAMES:
        if word in name.lower():
            raise malformed((where, "USERNAME_INVALID_CONTAINS", f'Username cannot contain "{word}"'))


def check_thread_name(name: str) -> None:
    """Raise Refused where a thread cannot be called this."""
    if not 1 <= len(name.strip()) <= 100:
        raise malformed(("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
