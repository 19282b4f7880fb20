"""Who answers in one turn and in which order: those who were called, and those to whom colleagues hand over.

The one way to hand over is the tool: what an agent writes, "@Writer, …" at the beginning of a line too, stays text. Words may
come from a file, a page or another person; a call of a tool is the model's own, and is checked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.agents.agent import Agent
from core.agents.cast import Cast, bare
from core.chat.model import HandOver, ParticipantMessage
from core.errors import Refusal
from core.plans import Plan, State, Step
from core.ui import Speaker

AGENTS_AT_MOST = 4
"""Answers of agents to one message, the summing up too; whoever is called beyond is named, so that nothing goes unseen."""
DEPTH_AT_MOST = 2
"""From the one who was asked to a colleague, and from there to one more, who hands over to nobody."""
TITLE_AT_MOST = 80
"""Characters of a request in the plan."""


class NotHandedOver(Refusal):
    """That cannot be handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An agent's part in a turn.

    `request` is what the colleague `by` wants of it, `depth` how many hand-overs led to it. `apart`: it is for the asker alone,
    as what led to it was made of what is theirs. `closing`: it sums up what came of its plan.
    """

    agent: Agent
    request: str = field(default="", repr=False)
    by: Agent | None = None
    depth: int = 0
    apart: bool = False
    closing: bool = False

    @property
    def title(self) -> str:
        """The part as a step of a plan: its first line, cut between words."""
        line = next((" ".join(each.split()) for each in self.request.splitlines() if each.strip()), "")
        if len(line) > TITLE_AT_MOST:
            line = f"{line[: TITLE_AT_MOST - 1].rpartition(' ')[0] or line[: TITLE_AT_MOST - 1]}…"
        return f"{self.agent.name}: {line}" if line else self.agent.name


@dataclass(slots=True)
class Relay:
    """To whom an agent may hand over while it answers, and what it handed over. Without anything given, to nobody.

    `colleagues` are by the names that it knows them by, `taken` those who have a part in the turn already, by their ids; `room`
    is how many more may answer.
    """

    agent_id: str = ""
    colleagues: dict[str, Agent] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    room: int = 0
    closing: bool = False
    handed: list[HandOver] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Whom it may name."""
        return tuple(self.colleagues)

    def hand(self, name: str, request: str) -> str:
        """Hand over, once the answer is whole; returns what the agent is told.

        Raises:
            NotHandedOver: says why not, in words for the agent.
        """
        wanted = bare(name)
        found = (each for known, each in self.colleagues.items() if wanted in (bare(known), bare(each.name), each.id))
        colleague = next(found, None)
        if self.closing:
            raise NotHandedOver("You are summing up: nothing more is handed over in this turn. Name what comes next instead.")
        if colleague is None or colleague.id == self.agent_id:
            raise NotHandedOver(f"You do not hand over to {name[:60]}, but only to {', '.join(self.colleagues)}.")
        if colleague.id in self.taken or any(each.agent_id == colleague.id for each in self.handed):
            raise NotHandedOver(f"{colleague.name} has a part in this turn already, and takes one in each turn.")
        if not request.strip():
            raise NotHandedOver(f"Say what {colleague.name} is to do.")
        if len(self.handed) >= self.room:
            raise NotHandedOver(
                f"{AGENTS_AT_MOST} answers a message are the most, and there is no room for {colleague.name}. Tell the student "
                "what is left, so that they can ask for it next."
            )
        self.handed.append(HandOver(agent_id=colleague.id, request=request.strip()))
        self.named.append(colleague.name)
        return (
            f"Handed over. {colleague.name} answers the student after you, and sees their message and your request. Leave that "
            "part alone, and end in one line."
        )


class Turn:
    """One message's turn. What was answered before a crash is taken up (`told`), what was not is still to come (`next`)."""

    def __init__(self, parts: Sequence[Part], cast: Cast, *, others: Sequence[str] = ()) -> None:
        """`others` are the ids of agents who answered the message too, and have no part in what is still to be done."""
        self._cast = cast
        self._parts: list[tuple[Part, State]] = [(part, "waiting") for part in parts]
        self._others = frozenset(others)
        self._leader: Part | None = None
        self._closed = False

    @property
    def waiting(self) -> tuple[Agent, ...]:
        """Those who have not begun."""
        return tuple(part.agent for part, state in self._parts if state == "waiting")

    @property
    def over(self) -> bool:
        """Whether nobody is to answer any more."""
        return not self.waiting and not self._closes()

    @property
    def plan(self) -> Plan | None:
        """What was handed over, where one agent handed over to several; nothing of what others may not see."""
        steps = tuple(
            Step(part.agent.id, part.title, state) for part, state in self._parts if part.by is not None and not part.apart
        )
        return Plan(steps) if self._leader and not self._leader.apart and steps else None

    @property
    def leader(self) -> Speaker | None:
        """Whose plan it is."""
        return self._leader.agent.speaker if self._leader else None

    def next(self) -> Part | None:
        """Whoever answers next; None where that was all."""
        for at, (part, state) in enumerate(self._parts):
            if state == "waiting":
                self._parts[at] = (part, "running")
                return part
        if self._closes() and self._leader:
            self._closed = True
            return replace(self._leader, closing=True)
        return None

    def relay(self, part: Part) -> Relay:
        """To whom this one may hand over."""
        if part.depth >= DEPTH_AT_MOST or part.agent.own:
            return Relay(part.agent.id)
        colleagues: dict[str, Agent] = {role: self._cast.named(role) for role in part.agent.hands_over}
        taken = frozenset(each.agent.id for each, _ in self._parts) | self._others
        room = AGENTS_AT_MOST - len(self._parts) - len(self._others)
        return Relay(part.agent.id, colleagues, taken, room, part.closing)

    def ended(self, part: Part, *, failed: bool, handed: Sequence[HandOver] = (), apart: bool = False) -> None:
        """The part is over. Those to whom it handed over come next, in its order; `apart`: it was for the asker alone."""
        if part.closing:
            self._closed = True
            return
        known = [each.agent.id for each, _ in self._parts]
        if part.agent.id not in known:
            return
        at = known.index(part.agent.id)
        self._parts[at] = (part, "failed" if failed else "done")
        if failed:
            return
        followers = [
            Part(agent=agent, request=each.request, by=part.agent, depth=part.depth + 1, apart=apart)
            for each in handed
            if each.agent_id not in known and (agent := self._cast.by_id(each.agent_id))
        ]
        self._parts[at + 1 : at + 1] = [(each, "waiting") for each in followers]
        if len(followers) > 1 and self._leader is None:
            self._leader = replace(part, apart=apart)

    def told(self, agent_id: str, handed: Sequence[HandOver], *, closing: bool, apart: bool) -> None:
        """This agent answered before."""
        if closing:
            self._closed = True
        part = next((each for each, _ in self._parts if each.agent.id == agent_id), None)
        if part is not None and not closing:
            self.ended(part, failed=False, handed=handed, apart=apart)
        elif part is None:
            self._others |= {agent_id}

    def break_off(self) -> tuple[Agent, ...]:
        """Nobody else is to answer; returns who would have."""
        left = self.waiting
        self._parts = [(part, "failed" if state == "waiting" else state) for part, state in self._parts]
        self._closed = True
        return left

    def _closes(self) -> bool:
        """Whether the leader of a plan still sums up: there is room, and something to sum up."""
        done = any(part.by is not None and state == "done" for part, state in self._parts)
        room = len(self._parts) + len(self._others) < AGENTS_AT_MOST
        return self._leader is not None and not self._closed and done and room and not self.waiting


def part_of(agent: Agent, kept: Sequence[ParticipantMessage], cast: Cast) -> Part:
    """The part that the agent was to take in a turn, where one of the answers that are kept handed over to it; else one of its
    own.
    """
    above = {each.agent_id: said for said in kept for each in said.handed}
    came = above.get(agent.id)
    if came is None:
        return Part(agent=agent)
    request = next(each.request for each in came.handed if each.agent_id == agent.id)
    depth = 2 if came.agent_id in above else 1
    return Part(agent=agent, request=request, by=cast.by_id(came.agent_id), depth=depth, apart=came.private)
