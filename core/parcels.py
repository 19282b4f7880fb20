"""Requests, messages, forms and calls as text, and back: as the record keeps them between two processes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TypeAlias, assert_never

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticSerializationError

from core.errors import Refusal, Trouble
from core.request import Actor, Asked, Entered, File, Left, Opened, Reworded, Said, Withdrawn
from core.ui import Call, Form, Message
from core.words import clean, clean_values, with_clean_words

MOST_BYTES = 950_000
"""Of a parcel as UTF-8: a document of the record is smaller than 1,000,000 bytes. Files grow by a third in it (base64)."""

Keepable: TypeAlias = Said | Asked | Opened | Left | Reworded | Withdrawn | Entered
"""The requests that are kept; `Suggesting` is answered at once or never."""


class TooLargeToKeep(Refusal):
    """That is too large for me: words and files together may have 700 KB. Please send a smaller file, or less at once."""


class Unreadable(Trouble):
    """This was kept by another version of Elevate and cannot be read by this one."""


class _Parcel(BaseModel):
    """Exactly one of these; the name tells which."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64", ser_json_inf_nan="constants")

    said: Said | None = None
    asked: Asked | None = None
    opened: Opened | None = None
    left: Left | None = None
    reworded: Reworded | None = None
    withdrawn: Withdrawn | None = None
    entered: Entered | None = None
    message: Message | None = None
    form: Form | None = None
    call: Call | None = None


def pack_request(request: Keepable) -> str:
    """The request as text, its words cleaned as the core cleans them (`core.words.clean`).

    Raises:
        TooLargeToKeep: it would not fit into one document.
    """
    actor = _named(request.actor)
    match request:
        case Said():
            files = tuple(_file(each) for each in request.files)
            return _written(_Parcel(said=replace(request, actor=actor, text=clean(request.text), files=files)))
        case Asked():
            cleaned = with_clean_words(request)
            return _written(_Parcel(asked=cleaned if actor is request.actor else replace(cleaned, actor=actor)))
        case Opened():
            return _written(_Parcel(opened=replace(request, actor=actor)))
        case Left():
            return _written(_Parcel(left=replace(request, actor=actor, values=clean_values(request.values))))
        case Reworded():
            return _written(_Parcel(reworded=replace(request, actor=actor, text=clean(request.text))))
        case Withdrawn():
            return _written(_Parcel(withdrawn=replace(request, actor=actor)))
        case Entered():
            return _written(_Parcel(entered=replace(request, actor=actor)))
        case _:
            assert_never(request)


def unpack_request(text: str) -> Keepable:
    """The request that was packed.

    Raises:
        Unreadable: this version does not know its form.
    """
    parcel = _read(text)
    spoken = parcel.said or parcel.asked or parcel.reworded or parcel.withdrawn
    found = spoken or parcel.opened or parcel.left or parcel.entered
    if found is None:
        raise Unreadable()
    return found


def pack_message(message: Message) -> str:
    """The message as text.

    Raises:
        TooLargeToKeep: it would not fit into one document.
    """
    return _written(_Parcel(message=message))


def unpack_message(text: str) -> Message:
    """The message that was packed.

    Raises:
        Unreadable: this version does not know its form.
    """
    message = _read(text).message
    if message is None:
        raise Unreadable()
    return message


def pack_form(form: Form) -> str:
    """The form as text.

    Raises:
        TooLargeToKeep: it would not fit into one document.
    """
    return _written(_Parcel(form=form))


def unpack_form(text: str) -> Form:
    """The form that was packed.

    Raises:
        Unreadable: this version does not know its form.
    """
    form = _read(text).form
    if form is None:
        raise Unreadable()
    return form


def pack_call(call: Call) -> str:
    """What a button does, as text.

    Raises:
        TooLargeToKeep: it would not fit into one document.
    """
    return _written(_Parcel(call=call))


def unpack_call(text: str) -> Call:
    """The call that was packed.

    Raises:
        Unreadable: this version does not know its form.
    """
    call = _read(text).call
    if call is None:
        raise Unreadable()
    return call


def _named(actor: Actor) -> Actor:
    name = clean(actor.name)
    return actor if name == actor.name else replace(actor, name=name)


def _file(file: File) -> File:
    return replace(file, name=clean(file.name), media_type=clean(file.media_type))


def _written(parcel: _Parcel) -> str:
    try:
        text = parcel.model_dump_json(exclude_none=True)
    except PydanticSerializationError:  # half of a surrogate pair, which no database holds, becomes a question mark
        text = json.dumps(parcel.model_dump(mode="json", exclude_none=True), ensure_ascii=False)
        text = text.encode(errors="replace").decode()
    if len(text) > MOST_BYTES or len(text.encode()) > MOST_BYTES:
        raise TooLargeToKeep()
    return text


def _read(text: str) -> _Parcel:
    try:
        return _Parcel.model_validate_json(text)
    except ValidationError as trouble:
        raise Unreadable() from trouble
