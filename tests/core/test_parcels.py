"""Requests, messages, forms and calls come back from the record as they went in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parcels import (
    MOST_BYTES,
    Keepable,
    TooLargeToKeep,
    Unreadable,
    pack_call,
    pack_form,
    pack_message,
    pack_request,
    unpack_call,
    unpack_form,
    unpack_message,
    unpack_request,
)
from core.request import Actor, Address, Asked, Entered, File, Left, Opened, Platform, Reworded, Said, Withdrawn
from core.ui import (
    Button,
    Buttons,
    Call,
    Card,
    Chart,
    Facts,
    Feedback,
    Field,
    Form,
    Kind,
    Link,
    Menu,
    Message,
    Meter,
    Option,
    Picture,
    Series,
    Speaker,
    Table,
    Text,
    Tone,
)
from core.words import clean

WORDS = st.text(max_size=30).map(clean)
NAMES = st.text(max_size=12).map(clean)
VALUES = st.dictionaries(NAMES, st.one_of(WORDS, st.lists(WORDS, max_size=3).map(tuple)), max_size=3)
FILES = st.builds(File, NAMES, NAMES, st.binary(max_size=50)) | st.builds(
    File, NAMES, NAMES, source=NAMES, size=st.integers(0, 10**9)
)
PLATFORMS = st.sampled_from(Platform)
ACTORS = st.builds(Actor, PLATFORMS, NAMES, NAMES, WORDS, st.none() | NAMES, st.none() | NAMES)
ADDRESSES = st.builds(Address, PLATFORMS, NAMES, NAMES, NAMES)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
EVENT = {"id": NAMES, "actor": ACTORS, "address": ADDRESSES, "at": TIMES, "direct": st.booleans()}
REQUESTS: st.SearchStrategy[Keepable] = st.one_of(
    st.builds(Said, **EVENT, text=WORDS, files=st.lists(FILES, max_size=2).map(tuple), addressed=st.booleans()),
    st.builds(Asked, **EVENT, command=NAMES, words=WORDS, values=VALUES, submitted=st.booleans(), form=st.booleans()),
    st.builds(Opened, **EVENT),
    st.builds(Left, **EVENT, command=NAMES, values=VALUES),
    st.builds(Reworded, **EVENT, of=NAMES, text=WORDS),
    st.builds(Withdrawn, **EVENT, of=NAMES),
    st.builds(Entered, **EVENT),
)
CALLS = st.builds(Call, NAMES, VALUES, st.booleans(), WORDS)
BUTTONS = st.builds(Button, NAMES, CALLS, st.booleans())
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple)
ROWS = st.lists(st.lists(WORDS, max_size=3).map(tuple), max_size=2).map(tuple)
POINTS = st.lists(st.tuples(NAMES, st.none() | st.floats(allow_nan=False, allow_infinity=False)), max_size=3).map(tuple)
SERIES = st.lists(st.builds(Series, NAMES, POINTS), max_size=2).map(tuple)
PICTURES = st.builds(Picture, WORDS, FILES)
ELEMENTS = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Facts, PAIRS),
    st.builds(Table, st.lists(WORDS, max_size=3).map(tuple), ROWS, WORDS, st.frozensets(st.integers(0, 5), max_size=2)),
    st.builds(Meter, WORDS, st.integers(0, 99), st.integers(0, 99)),
    st.builds(Chart, st.sampled_from(("line", "bar")), WORDS, NAMES, SERIES),
    PICTURES,
    st.builds(Buttons, st.lists(st.one_of(BUTTONS, st.builds(Link, NAMES, NAMES)), max_size=2).map(tuple)),
    st.builds(Menu, NAMES, st.lists(BUTTONS, max_size=2).map(tuple)),
    st.builds(Feedback, CALLS, CALLS),
)
CARDS = st.builds(Card, WORDS, st.lists(ELEMENTS, max_size=4).map(tuple), st.sampled_from(Tone), st.none() | PICTURES)
MESSAGES = st.builds(
    Message,
    WORDS,
    st.lists(CARDS, max_size=2).map(tuple),
    st.lists(FILES, max_size=2).map(tuple),
    st.booleans(),
    st.none() | st.builds(Speaker, NAMES, NAMES, NAMES),
)
OPTIONS = st.lists(st.builds(Option, NAMES, WORDS), max_size=2).map(tuple)
FIELDS = st.builds(Field, NAMES, WORDS, st.sampled_from(Kind), WORDS, st.booleans(), OPTIONS, st.integers(1, 4000), st.booleans())
PROBLEMS = st.dictionaries(NAMES, WORDS, max_size=2)
FORMS = st.builds(Form, NAMES, WORDS, st.lists(FIELDS, max_size=3).map(tuple), VALUES, PROBLEMS, WORDS, WORDS)


@given(REQUESTS)
def test_every_request_comes_back_as_it_was(request: Keepable) -> None:
    assert unpack_request(pack_request(request)) == request


@given(MESSAGES)
def test_every_message_comes_back_as_it_was(message: Message) -> None:
    assert unpack_message(pack_message(message)) == message


@given(FORMS)
def test_every_form_comes_back_as_it_was(form: Form) -> None:
    assert unpack_form(pack_form(form)) == form


@given(CALLS)
def test_every_call_comes_back_as_it_was(call: Call) -> None:
    assert unpack_call(pack_call(call)) == call


def test_a_message_is_no_call() -> None:
    with pytest.raises(Unreadable):
        unpack_call(pack_message(Message("Hello.")))


@given(st.text())
def test_whatever_is_typed_can_be_kept_and_comes_back_clean(typed: str) -> None:
    came = unpack_request(pack_request(_said(typed)))
    assert isinstance(came, Said)
    assert came.text == clean(typed)
    assert len(pack_request(_said(typed)).encode()) < MOST_BYTES


def test_broken_text_from_a_pipe_can_be_kept() -> None:
    came = unpack_request(pack_request(_said("caf\udcc3\x00")))
    assert isinstance(came, Said)
    assert came.text == "caf\ufffd"


def test_half_of_a_sign_in_a_model_s_answer_does_no_harm() -> None:
    assert unpack_message(pack_message(Message("a\udc80b"))) == Message("a?b")


def test_half_a_megabyte_of_files_fits_and_a_whole_one_is_refused_in_words() -> None:
    half = _said("here", (File("a.png", "image/png", b"\xff" * 500_000),))
    assert unpack_request(pack_request(half)) == half
    with pytest.raises(TooLargeToKeep, match="700 KB"):
        pack_request(_said("here", (File("a.png", "image/png", b"\xff" * 1_000_000),)))
    with pytest.raises(TooLargeToKeep):
        pack_message(Message("x" * (MOST_BYTES + 1)))


def test_what_another_version_kept_is_named_unreadable() -> None:
    for text in ("{", "{}", '{"said": {"id": 1}}', pack_message(Message("hello"))):
        with pytest.raises(Unreadable):
            unpack_request(text)
    with pytest.raises(Unreadable):
        unpack_message(pack_request(_said("hello")))
    with pytest.raises(Unreadable):
        unpack_form(pack_message(Message("hello")))


def _said(text: str, files: tuple[File, ...] = ()) -> Said:
    actor = Actor(Platform.TERMINAL, "terminal", "nora", "Nora")
    address = Address(Platform.TERMINAL, "terminal", "terminal")
    return Said(id="1", actor=actor, address=address, at=datetime(2026, 1, 1, tzinfo=UTC), text=text, files=files)
