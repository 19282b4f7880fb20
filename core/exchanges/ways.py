"""What is done with an exchange, and by whom: the buttons and words of letters and pages."""

from __future__ import annotations

from core.exchanges.model import Exchange
from core.exchanges.together import together
from core.people.model import Person
from core.ui import Button, Buttons, Call


def coachs(exchange: Exchange, *, to_another: bool = False) -> Buttons:
    """What a coach does with it; `to_another`: it is shown to one who has not taken it."""
    take = (over(exchange),) if to_another else ()
    take = take if exchange.taken_by else (button("I take it", "cohort take", exchange),)
    return Buttons(
        (
            button("Answer", "cohort answer", exchange, primary=True),
            *take,
            Button("Where they are", Call("cohort member", {"student": exchange.person_id})),
            button("Settled", "cohort settle", exchange),
        )
    )


def over(exchange: Exchange) -> Button:
    """A coach takes it from another."""
    return Button("Take it over", Call("cohort take", {"exchange": exchange.id, "over": "yes"}))


def button(label: str, command: str, exchange: Exchange, *, primary: bool = False) -> Button:
    """What does this with the exchange."""
    return Button(label, Call(command, {"exchange": exchange.id}), primary=primary)


def quoted(words: str) -> str:
    """What somebody wrote."""
    return "\n".join(f"> {line}" for line in words.splitlines())


def for_whom_it_is(coach: Person, exchange: Exchange) -> str:
    """For which coaches the student's words are, as one of them reads it; "" while that is nobody."""
    taken = {exchange.taken_by: exchange.taken_name} if exchange.taken_by else {}
    names = (exchange.hearers or taken).items()
    return together(["you" if id == coach.id else name for id, name in names])
