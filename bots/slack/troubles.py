"""What can be wrong between Slack and us, as troubles that can be told to people."""

from __future__ import annotations

from core.errors import Trouble
from core.outbox import Undeliverable


class SlackTrouble(Trouble):
    """Slack did not take this. Please try again; if it goes on, tell whoever runs this bot."""


class SlackBusy(SlackTrouble):
    """Slack asks for a pause, because too much was sent at once. Please try again in a minute."""


class SlackUnreachable(SlackTrouble):
    """Slack cannot be reached just now. Please try again in a minute."""

    def __init__(self, *, perhaps_done: bool) -> None:
        super().__init__()
        self.perhaps_done = perhaps_done
        """No answer came, but the call may have been carried out."""


class SlackRefused(SlackTrouble):
    """Slack did not take this. Please try again; if it goes on, tell whoever runs this bot."""

    def __init__(self, code: str, *, needed: str = "", places: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.code = code
        """Slack's error, such as `channel_not_found`."""
        self.needed = needed
        """The scope that `missing_scope` names."""
        self.places = places
        """What it is about, as JSON pointers into the arguments such as `/blocks/0/text`."""


class WorkspaceGone(Undeliverable):
    """Elevate is not installed in this workspace any more."""


class WorkspaceClosed(SlackTrouble):
    """Slack refuses the token of this workspace. Whoever runs this bot needs to check it, then try again."""
