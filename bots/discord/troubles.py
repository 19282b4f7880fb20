"""What can be wrong between Discord and us, as troubles that can be told to people."""

from __future__ import annotations

from core.errors import Trouble


class DiscordTrouble(Trouble):
    """Discord did not take this. Please try again; if it goes on, tell whoever runs this bot."""


class DiscordBusy(DiscordTrouble):
    """Discord asks for a pause, because too much was sent at once. Please try again in a minute."""


class DiscordUnreachable(DiscordTrouble):
    """Discord cannot be reached just now. Please try again in a minute."""

    def __init__(self, *, perhaps_done: bool) -> None:
        super().__init__()
        self.perhaps_done = perhaps_done
        """No answer came, but the call may have been carried out."""


class DiscordRefused(DiscordTrouble):
    """Discord did not take this. Please try again; if it goes on, tell whoever runs this bot."""

    def __init__(self, code: int, status: int = 0, *, permission: str = "", places: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.code = code
        """Discord's error, such as 10003; 0 where it names none."""
        self.status = status
        """The answer's HTTP status."""
        self.permission = permission
        """What we miss, in Discord's words, where a permission is missing."""
        self.places = places
        """What of the message is wrong, such as `components.0.content`."""
