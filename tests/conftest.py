"""What holds for the whole run."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Generator

import pytest
from hypothesis import settings

import bots.lean  # noqa: F401 - as in the program: structlog in colours takes 10 ms to write down each exception
from tests.records import mongo_address

pytest.register_assert_rewrite("tests.servers", "tests.stories")  # what fails in a helper says what it found, as in a test

__all__ = ["mongo_address"]

settings.register_profile("elevate", settings(), deadline=None)  # as Hypothesis itself has it where CI is set
settings.load_profile("elevate")

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as a shell gives it to what runs in the background, and to all that begins there
    signal.signal(signal.SIGINT, signal.default_int_handler)

gc.set_threshold(20_000, 20, 20)  # for each 700 objects, as Python has it, it takes an eighth of the tests' time


@pytest.fixture(autouse=True)
def logging_left_as_it_was() -> Generator[None]:
    """Nothing of a program that was run in this process stays in force for the tests after it."""
    yield
    assert logging.raiseExceptions, "this test has set up the log of its own process: run the program in a fork"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what is collected out of the garbage collector's way: it stays to the end, and each look at all of it takes long."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
