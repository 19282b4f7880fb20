"""Ctrl-C stops what is under way; twice quickly, or a SIGTERM, ends the program in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from bots.terminal.keyboard import Stopped
from bots.terminal.sender import Closed

QUICKLY = 1.5
"""Seconds between two presses of Ctrl-C that together mean: leave."""

Result = TypeVar("Result")


class Interrupts:
    """What stops work. `patient`: someone sits there, so that the first Ctrl-C only stops what is under way."""

    def __init__(self, *, patient: bool, clock: Callable[[], float]) -> None:
        self._patient = patient
        self._clock = clock
        self._pressed_at: float | None = None
        self._work: asyncio.Task[Any] | None = None
        self._stopping = False
        self.ending = False
        self.interrupted = False

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Signals come here until the end of the block."""
        loop = asyncio.get_running_loop()
        handlers = {"SIGINT": self.press, "SIGTERM": self.end, "SIGHUP": self.end}
        caught = []
        for name, handler in handlers.items():
            # Windows has no SIGHUP, and its loop takes no handlers.
            with suppress(AttributeError, NotImplementedError):
                loop.add_signal_handler(getattr(signal, name), handler)
                caught.append(getattr(signal, name))
        try:
            yield
        finally:
            for each in caught:
                loop.remove_signal_handler(each)

    def press(self) -> None:
        """Ctrl-C."""
        now = self._clock()
        again = self._pressed_at is not None and now - self._pressed_at < QUICKLY
        self._pressed_at = now
        if again or not self._patient:
            self.ending = self.interrupted = True
        self._stop()

    def end(self) -> None:
        """End in order."""
        self.ending = True
        self._stop()

    async def guard(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do the work, unless it is stopped.

        Raises:
            Stopped: by Ctrl-C; the work was cancelled and has tidied up.
            Closed: by the wish to end.
        """
        if self.ending:
            work.close()
            raise Closed
        self._work = task = asyncio.create_task(work)
        self._stopping = False
        try:
            return await task
        except Stopped:
            # The prompt reads Ctrl-C as a key, not as a signal.
            self.press()
            raise self._reason() from None
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            raise self._reason() from None
        finally:
            self._work = None

    def _reason(self) -> Exception:
        return Closed() if self.ending else Stopped()

    def _stop(self) -> None:
        """Cancel the work once: its tidying up is not disturbed by a second press."""
        if self._work is not None and not self._stopping:
            self._stopping = True
            self._work.cancel()
