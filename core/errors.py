"""The tree of expected troubles.

Trouble
├── Refusal              the person asked for something that cannot be done as asked
│   ├── UnknownCommand
│   ├── NotAllowed
│   └── NotFound
├── StoreTrouble         the record
│   ├── AlreadyThere
│   ├── Changed
│   ├── StoreDown
│   │   └── Unsure
│   ├── StoreFull
│   └── StoreInUse
├── ModelTrouble         Claude
│   ├── ModelKeyRefused
│   ├── ModelUnreachable
│   ├── ModelBusy
│   ├── ModelOutOfCredit
│   ├── ModelDeclined
│   ├── ModelBrokeOff
│   ├── ModelRequestRefused
│   ├── ModelTooLong
│   └── ModelWithoutWeb
├── ContentTrouble       the course files
└── SettingTrouble       the settings

A class's docstring is its message to the person: what happened, and what to do next. A `Trouble` is an answer; anything else that
is raised is unexpected, and is logged once with a reference that the person is also given (`bots/boundary.py`).
"""

from __future__ import annotations


class Trouble(Exception):
    """Something went wrong. Please try again."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))

    @property
    def message(self) -> str:
        """What the person is told."""
        return str(self.args[0])


class Refusal(Trouble):
    """That cannot be done as asked."""


class UnknownCommand(Refusal):
    """There is no such command. /help lists them all."""


class NotAllowed(Refusal):
    """That is for coaches. Ask yours if you need it."""


class NotFound(Refusal):
    """That is not there any more, or never was."""


class StoreTrouble(Trouble):
    """The record could not be read or written. Please try again."""


class AlreadyThere(StoreTrouble):
    """That is already kept."""


class Changed(StoreTrouble):
    """Someone changed this at the same moment. Look at it again, then repeat your change."""


class StoreDown(StoreTrouble):
    """The record cannot be reached just now. Nothing you saved is lost; please try again in a minute."""


class Unsure(StoreDown):
    """The record broke off in the middle, so this may or may not be kept. Please look, then try again."""

    # To a store: the write was sent and no answer came. It may have been made, and may even be made yet. So it is sent again
    # only where that is harmless (an insert brings its own id, a claim its fence, a save its version), and where it then does
    # not fit any more, the store looks whether it was its own before it says that someone else was there.


class StoreFull(StoreTrouble):
    """The disk that keeps the record is full, so this was not saved. Free some space, then send it again."""


class StoreInUse(StoreTrouble):
    """Another Elevate is already using this data folder. Close it first, or set ELEVATE_DATA_DIR to another folder."""


class OutsideTheLanguage(ValueError):
    """A store asked the document port for something that its language does not have: a mistake of ours, not of a person's."""


class ModelTrouble(Trouble):
    """Claude could not answer. Please try again."""


class ModelKeyRefused(ModelTrouble):
    """Claude refused the key. Whoever runs this bot needs to check ANTHROPIC_API_KEY, then try again."""


class ModelUnreachable(ModelTrouble):
    """Claude cannot be reached just now. Check the connection, then try again."""


class ModelBusy(ModelTrouble):
    """Claude is overloaded just now. Please try again in a minute."""


class ModelOutOfCredit(ModelTrouble):
    """The Claude account has run out of credit. Whoever runs this bot needs to top it up, then try again."""


class ModelDeclined(ModelTrouble):
    """Claude would rather not answer this as it stands. Ask in other words, or say what you want it for."""


class ModelBrokeOff(ModelTrouble):
    """The answer broke off before its end. What came is kept."""


class ModelRequestRefused(ModelTrouble):
    """Claude could not take this request. Try again with a shorter text."""


class ModelTooLong(ModelTrouble):
    """This conversation has grown too long for Claude. Start a new thread and ask there, or send less at once."""


class ModelWithoutWeb(ModelTrouble):
    """Claude may not search the web here. Whoever runs this bot can allow it in the Claude Console, or set ELEVATE_WEB_SEARCH."""


class ContentTrouble(Trouble):
    """The course files could not be read. Run: elevate content check"""


class SettingTrouble(Trouble):
    """A setting is wrong. Run: elevate check"""
