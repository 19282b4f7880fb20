"""How a batch of runs looks: its questions, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.playbook.batches import Batch
from core.playbook.model import Execution, Status
from core.playbook.prompts import Ask, Prompt
from core.playbook.views import ask_field, run_button
from core.ui import Button, Buttons, Call, Card, Form, Menu, Message, Text, Tone

STANDS = {
    Status.SUCCESS: "done",
    Status.ERROR: "broke off",
    Status.PENDING: "still being written; it comes here by itself",
}


def questions(batch: Batch, asks: Mapping[str, tuple[Ask, tuple[str, ...]]]) -> Form:
    """One form for all that the prompts ask; each question says for which prompts it is."""
    fields = []
    for name, (ask, codes) in asks.items():
        field = ask_field(ask)
        hint = f"For {', '.join(codes)}. {field.hint}".strip()
        fields.append(replace(field, name=name, hint=hint, required=False))
    about = "Answer what you can. A prompt whose question you leave empty is left out this time."
    return Form("run", f"Run {batch.name}", tuple(fields), {"code": batch.code}, intro=about, submit="Run")


def over(
    batch: Batch,
    ended: Sequence[tuple[Prompt, Execution]],
    skipped: Sequence[tuple[Prompt, str]],
    not_begun: Sequence[Prompt],
) -> Message:
    """What became of a batch: what was run, what was not begun, and what was left out and why."""
    lines = [f"- {_named(prompt)}: {STANDS[run.status]}" for prompt, run in ended]
    lines += [f"- {_named(prompt)}: not begun, after the trouble above" for prompt in not_begun]
    left = [f"- {_named(prompt)}: {why}" for prompt, why in skipped]
    left += [f"- **{each}**: there is no such prompt" for each in batch.unknown]
    if left:
        lines += ["", "Left out:", "", *left]
    if not ended:
        lines = [f"No prompt of {batch.name} can run yet.", "", *lines]
    good = sum(run.status is Status.SUCCESS for _, run in ended)
    title = f"{batch.name}: {good} of {len(ended) + len(not_begun)} done" if ended else f"{batch.name}: nothing to run yet"
    whole = Button(f"Prompts for {batch.step}", Call("run", {"code": batch.step}))
    more = Buttons((whole, Button("My assets", Call("assets list"))))
    opens = [Menu("Open one", tuple(_open(prompt, run) for prompt, run in ended))] if ended else []
    if skipped and batch.name != batch.step:  # who named it wants it: by itself it asks for what it needs
        opens.append(Menu("Answer what it needs", tuple(run_button(prompt) for prompt, _ in skipped)))
    tone = Tone.GOOD if ended and good == len(ended) + len(not_begun) else Tone.CAREFUL
    return Message(cards=(Card(title, (Text("\n".join(lines)), *opens, more), tone),), private=True)


def _open(prompt: Prompt, run: Execution) -> Button:
    return Button(prompt.code, Call("run show", {"run": run.id}))


def _named(prompt: Prompt) -> str:
    return f"**{prompt.code}** {prompt.title}"
