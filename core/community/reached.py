"""How far an announcement has come, in people and in words: what is told of it adds up at every moment."""

from __future__ import annotations

from dataclasses import dataclass

from core.community.model import Announcement, State, To


@dataclass(frozen=True, slots=True)
class Reached:
    """An announcement's readers, counted once each. `leaving`: it is on its way to them; `waiting`: it is not written yet."""

    delivered: int
    leaving: int
    waiting: int
    missed: int

    @property
    def people(self) -> int:
        """All of them."""
        return self.delivered + self.missed + self.to_come

    @property
    def to_come(self) -> int:
        """Those who do not have it yet."""
        return self.leaving + self.waiting


def reached(announcement: Announcement, readers: int | None = None) -> Reached:
    """How far it has come, by the last round; whoever joined since is still to come. `readers`: how many there are now."""
    tally = announcement.tally
    if tally.settled and not tally.gone and not tally.missed:
        tally = announcement.counting  # the first round is under way
    if announcement.state is not State.PLANNED:
        leaving = 0 if announcement.state is State.SENT else tally.leaving
        return Reached(tally.delivered, leaving, 0, tally.missed)
    if readers is None or announcement.to is To.CHANNEL:
        return Reached(tally.delivered, tally.leaving, tally.waiting, tally.missed)
    to_come = max(readers - tally.delivered - tally.missed, 0)
    leaving = min(tally.leaving, to_come)
    return Reached(tally.delivered, leaving, to_come - leaving, tally.missed)


def stands(announcement: Announcement, far: Reached) -> str:
    """Where it stands, in words."""
    match announcement.state:
        case State.DRAFT:
            return "Not sent"
        case State.PLANNED if far.delivered and not far.to_come:
            return "Posted" if announcement.to is To.CHANNEL else "Delivered to all so far"
        case State.PLANNED if far.delivered or far.leaving or far.missed:
            return "On its way"
        case State.CANCELLED:
            return "Called back" if announcement.began_at else "Thrown away"
        case State.SENT if not far.delivered:
            return "Over"
        case other:
            return other.value


def can_be_called_back(announcement: Announcement, far: Reached) -> bool:
    """Whether somebody would be spared it: one whose message is not written yet, or who joins before its hour has come in the
    last time zone."""
    if announcement.state is not State.PLANNED:
        return False
    if announcement.to is To.CHANNEL:
        return not (far.delivered or far.leaving or far.missed)
    return bool(far.waiting) or announcement.day is not None
