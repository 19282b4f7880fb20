"""What is settled once and changed at any time: the currency, what some figures count, and which figures are asked for."""

from __future__ import annotations

from core.kpis import forms
from core.kpis.money import NoSuchCurrency, currency_named
from core.kpis.service import Snapshots
from core.kpis.sheet import choices_in
from core.kpis.typed import Sheet
from core.kpis.used import USED, chosen_in, metrics_form
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Button, Buttons, Call, Card, Message, Text, Tone


async def settings(asked: Asked, person: Person, args: Sheet, snapshots: Snapshots) -> Answer:
    """Currency, and what some figures mean."""
    values = {name: value for name, value in args.typed.items() if isinstance(value, str)}
    metrics, currency = snapshots.metrics, snapshots.currency(person)
    if not asked.submitted:
        return forms.settings_form(person, metrics, currency, {})
    try:
        currency = currency_named(values.get("currency") or currency)
    except NoSuchCurrency as trouble:
        return forms.settings_form(person, metrics, currency, values, trouble.message)
    person = await snapshots.settle(person, {"currency": currency, **choices_in(snapshots.metrics, values)}, asked.at)
    return Message(text=f"Kept. Your money is in {currency}. /kpi log takes your next figures.", private=True)


async def metrics(asked: Asked, person: Person, args: Sheet, snapshots: Snapshots) -> Answer:
    """Which figures are asked for."""
    if not asked.submitted:
        return metrics_form(snapshots.metrics, person)
    chosen = chosen_in(snapshots.metrics, args.typed)
    if not chosen:
        return metrics_form(snapshots.metrics, person, "Tick at least one figure, in any of the three.")
    await snapshots.settle(person, {USED: ",".join(chosen)}, asked.at)
    named = ", ".join(snapshots.metrics.by_field[each].short for each in chosen)
    words = f"From now on you are asked for {'one figure' if len(chosen) == 1 else f'{len(chosen)} figures'}: {named}."
    ways = Buttons((Button("Log figures", Call("kpi log"), primary=True), Button("Change", Call("kpi metrics"))))
    return Message(cards=(Card("Your figures", (Text(words), ways), Tone.GOOD),), private=True)
