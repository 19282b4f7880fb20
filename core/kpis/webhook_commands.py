"""/kpi connect: an address of one's own, to which other programs send figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from core.command import Arg, Command
from core.kpis.webhook import Connection, Webhooks
from core.kpis.webhook_model import Webhook
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Button, Buttons, Call, Card, Element, Message, Text, Tone

EXAMPLE = {"timePeriod": "Last 7 Days", "currency": "GBP", "hook_AvgCTR": 2.1, "attract_LeadsTotal": 240}
DONE = 300
"""HTTP statuses below this mean that the figures were kept."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What to do with the address."""

    do: Annotated[Literal["show", "new token", "remove"], Arg("What to do", "show, new token or remove")] = "show"


async def connect(asked: Asked, person: Person, args: Doing, webhooks: Webhooks) -> Answer:
    """The address, its token, and how to try it."""
    match args.do:
        case "show":
            return _shown(await webhooks.connect(person, asked.at), person, "")
        case "new token":
            made = await webhooks.renew(person, asked.at)
            return _shown(made, person, "This is your new token. The old one does not work any more.")
        case "remove":
            await webhooks.disconnect(person)
            return Message(
                cards=(
                    Card(
                        "The address is gone",
                        (
                            Text("Nothing can be sent to it any more. The figures that came through it stay."),
                            Buttons((Button("Make a new one", Call("kpi connect")),)),
                        ),
                    ),
                ),
                private=True,
            )


def leads_to(webhook: Webhook | None, *, reachable: bool) -> str:
    """What the button to the address says; "" where there can be none."""
    if not reachable:
        return ""
    return "Show my address" if webhook else "Make an address"


def how_it_stands(webhook: Webhook | None, person: Person, *, reachable: bool = True) -> str:
    """What came of the last delivery, in words. `reachable`: an address of this bot is known to the outside."""
    if not reachable:
        return "Other programs cannot reach this bot yet: whoever runs it sets ELEVATE_PUBLIC_URL for that."
    if webhook is None:
        return "There is no address for figures yet. /kpi connect makes one."
    if webhook.last_at is None or webhook.last_status is None:
        return "The address is ready. Nothing has come yet."
    when = webhook.last_at.astimezone(person.zone).strftime("%-d %B %Y, %H:%M")
    if webhook.last_status < DONE:
        return f"The last figures came on {when} and were kept. {webhook.received} deliveries so far."
    problems = "\n".join(f"- {each}" for each in webhook.last_problems)
    return f"The last delivery came on {when} and was refused:\n{problems}".rstrip()


def _shown(made: Connection, person: Person, first: str) -> Answer:
    body: list[Element] = [Text(first)] if first else []
    body += [
        Text(
            "Zapier, Make, Shopify Flow or a script can send your figures here. Send JSON with the figures' own names; "
            "`/kpi show` tells what each is called. Money is in whole units (3.20), percents in points (2.1)."
        ),
        Text(f"Address: `{made.url}`\n\nToken: `{made.token}`"),
        Text(f"Try it from a terminal:\n\n```\n{curl(made)}\n```"),
        Text(
            "Keep the token to yourself: whoever has it can write your figures, and can do nothing else. "
            "With an `Idempotency-Key` header, a delivery that comes twice counts once."
        ),
        Text(how_it_stands(made.webhook, person)),
        Buttons(
            (
                Button("New token", Call("kpi connect", {"do": "new token"})),
                Button("Remove", Call("kpi connect", {"do": "remove"})),
            )
        ),
    ]
    return Message(cards=(Card("Your address for figures", tuple(body), Tone.GOOD if first else Tone.PLAIN),), private=True)


def curl(made: Connection) -> str:
    """A command that sends an example to the address."""
    return (
        f"curl {made.url} \\\n"
        f"  -H 'Authorization: Bearer {made.token}' \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        f"  -d '{json.dumps(EXAMPLE)}'"
    )


COMMANDS = (
    Command(name="kpi connect", summary="Let other programs send your figures", args=Doing, handler=connect, private=True),
)
