"""Files that come with a message: which of them an agent can be given, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from core.chat.ports import Attachments
from core.errors import Refusal
from core.llm.model import Image
from core.request import Address, File
from core.words import clean

FILES_AT_MOST = 5
"""Five of the largest pictures are 24 MB of a request, which may have 32 (https://docs.claude.com/en/api/overview)."""
PICTURE_BYTES = 3_500_000
"""The API takes a picture of 5 MB (https://docs.claude.com/en/docs/build-with-claude/vision), in base64, a third longer."""
TEXT_BYTES = 200_000
"""Of all the text of one message: some 50,000 tokens."""
HEAD, TAIL = 6_000, 2_000
"""Characters that stay of a text that is too long for the model."""
LIMITS = (
    "I read text, Markdown and CSV up to 200 KB together, and pictures (PNG, JPEG, WebP, GIF) up to 3.5 MB each: "
    "five files at once."
)
NAME_AT_MOST = 120

_TEXTS = {"text/plain", "text/markdown", "text/csv", "text/tab-separated-values", "application/csv"}
_TEXT_NAMES = {".txt", ".md", ".markdown", ".csv", ".tsv"}
_PICTURES: Mapping[str, Callable[[bytes], bool]] = {
    "image/png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": lambda content: content.startswith(b"\xff\xd8\xff"),
    "image/gif": lambda content: content.startswith((b"GIF87a", b"GIF89a")),
    "image/webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
}
_PICTURE_NAMES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
_INSTEAD: Mapping[str, str] = {
    ".pdf": "paste the part that matters, or send a picture of the page",
    ".xls": "save the sheet as CSV and send that",
    ".xlsx": "send it alone to have its figures read (/kpi import), or save the sheet as CSV and send that",
    ".ods": "save the sheet as CSV and send that",
    ".numbers": "save the sheet as CSV and send that",
    ".doc": "paste the text, or save it as plain text",
    ".docx": "paste the text, or save it as plain text",
    ".odt": "paste the text, or save it as plain text",
    ".pages": "paste the text, or save it as plain text",
    ".pptx": "send pictures of the slides that matter",
    ".key": "send pictures of the slides that matter",
    ".zip": "send the files one by one",
}


class CannotRead(Refusal):
    """That file cannot be read. Send it as text, CSV or a picture."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an agent is given of the files: text and pictures by their names, and of each that is left out why."""

    texts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    pictures: tuple[tuple[str, Image], ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


NOTHING = Given()


class Enclosures:
    """The files of one message, got from where they are when they are first wanted."""

    def __init__(self, files: Sequence[File], address: Address, attachments: Attachments) -> None:
        self._files = files
        self._address = address
        self._attachments = attachments
        self._given: Given | None = None

    async def given(self) -> Given:
        """What an agent is given of them.

        Raises:
            Trouble: a file cannot be got.
        """
        if self._given is None:
            self._given = await given(self._files, self._address, self._attachments) if self._files else NOTHING
        return self._given


def sorted_out(files: Sequence[File]) -> tuple[tuple[File, ...], Mapping[str, str]]:
    """The files that can be read as far as their names, types and sizes say, and of each other one why not."""
    readable: list[File] = []
    left_out: dict[str, str] = {}
    room = TEXT_BYTES
    for each in files:
        try:
            if len(readable) == FILES_AT_MOST:
                raise CannotRead(f"I read {FILES_AT_MOST} files at a time. Send it in another message.")
            kind = _kind(each)
            room = _within(kind, size_of(each), room)
        except CannotRead as why:
            left_out[name_of(each)] = why.message
        else:
            readable.append(each)
    return tuple(readable), left_out


async def given(files: Sequence[File], address: Address, attachments: Attachments) -> Given:
    """What an agent is given of the files; those whose content is still on the platform are got from there.

    Raises:
        Trouble: a file cannot be got.
    """
    readable, left_out = sorted_out(files)
    texts, pictures, room, why = [], [], TEXT_BYTES, dict(left_out)
    for each in readable:
        whole = each if each.content else await attachments.fetch(address, each)
        name = name_of(each)
        try:
            kind = _kind(each)
            room = _within(kind, len(whole.content), room)
            if kind == "picture":
                pictures.append((name, _picture(whole.content)))
            else:
                texts.append((name, _text(whole.content)))
        except CannotRead as refused:
            why[name] = refused.message
    return Given(tuple(texts), tuple(pictures), why)


def shortened(whole: Given) -> Given:
    """The same with the beginning and the end alone of texts that are long."""

    def ends(text: str) -> str:
        left_out = len(text) - HEAD - TAIL
        return f"{text[:HEAD]}\n\n[… {left_out:,} characters are left out here …]\n\n{text[-TAIL:]}" if left_out > 0 else text

    return replace(whole, texts=tuple((name, ends(text)) for name, text in whole.texts))


def name_of(file: File) -> str:
    """The file's name as it is shown, without what could end a line or a frame."""
    name = " ".join(clean(file.name).replace("<", "").replace(">", "").replace('"', "'").split())
    return name[:NAME_AT_MOST] or "a file without a name"


def size_of(file: File) -> int:
    """Its size in bytes."""
    return len(file.content) or file.size


def in_words(size: int) -> str:
    """A size as it is read."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000)):,} KB"


def listed(left_out: Mapping[str, str]) -> str:
    """Why each file is left out, as a list, and what can be read."""
    return "\n".join([*(f"- **{name}**: {why}" for name, why in left_out.items()), "", LIMITS])


def without_content(files: Iterable[File]) -> tuple[File, ...]:
    """The files as they are remembered: a platform that still has their content can be asked for it."""
    return tuple(replace(each, name=name_of(each), content=b"", size=size_of(each)) for each in files)


def _kind(file: File) -> str:
    ending = PurePath(file.name).suffix.casefold()
    media_type = file.media_type.partition(";")[0].strip().casefold()
    if media_type in _PICTURES or ending in _PICTURE_NAMES:
        return "picture"
    if media_type in _TEXTS or ending in _TEXT_NAMES:
        return "text"
    if instead := _INSTEAD.get(ending):
        raise CannotRead(f"I cannot read {ending[1:].upper()} files: {instead}.")
    if media_type.startswith("image/"):
        raise CannotRead("I cannot see this kind of picture: send it as PNG or JPEG.")
    if media_type.startswith(("audio/", "video/")):
        raise CannotRead("I can neither listen nor watch: write down what it says, or send a picture of it.")
    raise CannotRead("I cannot read this kind of file: paste the part that matters.")


def _within(kind: str, size: int, room: int) -> int:
    """What is left of the room for text once this is read."""
    if size == 0:
        raise CannotRead("It is empty, or not here any more. Send it again.")
    if kind == "picture":
        if size > PICTURE_BYTES:
            raise CannotRead(f"It is {in_words(size)}, too large for me: send a smaller picture, such as a screenshot.")
        return room
    if size > room:
        raise CannotRead(f"It is {in_words(size)}, too long for me: send the rows or the part that matters.")
    return room - size


def _picture(content: bytes) -> Image:
    for media_type, fits in _PICTURES.items():
        if fits(content):
            return Image(media_type, content)
    raise CannotRead("What is in it is no PNG, JPEG, WebP or GIF: save it as one of these and send it again.")


def _text(content: bytes) -> str:
    """The text: in UTF-8, in UTF-16 where it says so, or else as older spreadsheets on Windows write it."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise CannotRead("What is in it is no text: save it as plain text or CSV and send it again.")
    return clean(text)
