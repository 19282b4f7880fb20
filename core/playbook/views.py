"""How prompts and their runs look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.assets.model import Asset
from core.foundation.cells import Cell, Cells
from core.foundation.views import cell_field
from core.listing import Leaf, Listing, counted, not_found, turning
from core.llm.prices import in_words
from core.playbook.items import items_in
from core.playbook.model import Execution, Status
from core.playbook.needs import SOURCES, Needs
from core.playbook.prompts import Ask, Prompt
from core.playbook.refined import work_in
from core.request import Typed
from core.ui import Button, Buttons, Call, Card, Facts, Field, Form, Kind, Menu, Message, Option, Table, Text, Tone

RUNS = "runs"
LONG_ANSWER = 20_000
SHORT_ANSWER = 500
ASKS = {"text": Kind.LINE, "long": Kind.LONG, "number": Kind.NUMBER, "choice": Kind.CHOICE}
LABEL_AT_MOST = 45
SYNTHESES = frozenset({"F9", "FC1", "FC3", "FM1"})
"""The prompts whose answers belong into cells."""
ALIGNMENT_CHECK = "F7"
"""The prompt whose conflicts between cells lead to these cells."""


def outcome_cards(prompt: Prompt, run: Execution, cells: Cells, *, practice: bool) -> tuple[Card, ...]:
    """What stands under a run's answer: trouble, the warning, the receipt, and what to do with it."""
    cards = []
    if run.error:
        again = Buttons((Button("Try again", Call("run again", {"run": run.id}), primary=True),))
        partly = " The answer above is incomplete." if run.ai_response else ""
        cards.append(Card(body=(Text(f"{run.error}{partly}"), again), tone=Tone.BAD))
    if prompt.warning and run.ai_response:
        cards.append(Card(body=(Text(prompt.warning),), tone=Tone.CAREFUL))
    if run.ai_response:
        cards.append(Card(body=(receipt(prompt, run, cells), what_next(run, practice=practice, failed=run.error is not None))))
    return tuple(cards)


def receipt(prompt: Prompt, run: Execution, cells: Cells) -> Facts:
    """What the run was made of."""
    asked_for = [name for name in (*prompt.requires, *prompt.uses) if not name.startswith(SOURCES)]
    used = [_title(name, cells) for name in asked_for if run.used(name)]
    empty = [_title(name, cells) for name in asked_for if not run.used(name)]
    also = [_source(name) for name in (*prompt.requires, *prompt.uses) if name.startswith(SOURCES) and run.used(name)]
    seconds = (run.ai_response_timestamp - run.ai_request_timestamp).total_seconds() if run.ai_response_timestamp else 0
    version = f"{prompt.code} (version {run.prompt_digest[:6]})" if run.prompt_digest else prompt.code
    cost = in_words(run.cost_micros) if run.cost_micros is not None else ""
    rows = [
        ("Used from your Foundation", ", ".join(used) or "nothing"),
        ("Left empty", ", ".join(empty)),
        ("Also used", ", ".join(also)),
        ("Made", ", ".join(filter(None, (version, run.model, f"{seconds:.0f} s", cost)))),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def what_next(run: Execution, *, practice: bool, failed: bool) -> Buttons:
    """The buttons of a run; one that failed has its own button to try again."""
    this = {"run": run.id}
    if practice:
        keep: tuple[Button, ...] = (save_what_came(run),)
    else:
        keep = (
            Button("Save", Call("run keep", this), primary=not failed),
            Button("Edit and save", Call("run edit", this)),
            *((Button("Save items", Call("run pick", this)),) if items_in(work_in(run)) else ()),
            Button("Refine", Call("run refine", this, form=True)),
        )
    if run.prompt_code == ALIGNMENT_CHECK and not practice and not failed:
        keep = (Button("Go to the conflicts", Call("run conflicts", this), primary=True), *(_less(each) for each in keep))
    if run.prompt_code in SYNTHESES and not practice and not failed:
        keep = (Button("Sort into my Foundation", Call("run sort", this), primary=True), *(_less(each) for each in keep))
    if run.refines:
        keep = (*keep, Button("The version before", Call("run show", {"run": run.refines})))
    return Buttons(keep if failed else (*keep, Button("Run again", Call("run again", this))))


def save_what_came(run: Execution) -> Button:
    """Opens the form for what an assistant made of the prompt, where no model of ours answered."""
    return Button("Save what it gave you", Call("run keep", {"run": run.id}, form=True), primary=True)


def kept(asset: Asset, closed: tuple[Card, ...] = (), *, again: bool = False) -> Message:
    """An answer was saved: what to do with it next; `closed` is what is said of a module that this completed.

    `again`: it had been saved before.
    """
    saved = "Saved before, and not twice" if again else "Saved as a draft"
    words = f"{saved}: **{asset.title}**. When it is live in your shop, mark it, so that its effect can be measured."
    live = Button("Mark as live", Call("assets implement", {"asset": asset.id}), primary=True)
    return _saved(words, Buttons((live, Button("My assets", Call("assets list")))), closed)


def kept_items(assets: Sequence[Asset], closed: tuple[Card, ...] = ()) -> Message:
    """Items were saved, each by itself."""
    lines = "\n".join(f"- {each.title}" for each in assets)
    count = "1 draft" if len(assets) == 1 else f"{len(assets)} drafts"
    words = f"Saved as {count}:\n\n{lines}\n\nMark each when it is live, and the figures can tell which one works."
    return _saved(words, Buttons((Button("My assets", Call("assets list"), primary=True),)), closed)


def _saved(words: str, buttons: Buttons, closed: tuple[Card, ...]) -> Message:
    return Message(cards=(Card(body=(Text(words), buttons), tone=Tone.GOOD), *closed), private=True)


def missing_form(prompt: Prompt, needs: Needs, answers: dict[str, str], *, submitted: bool) -> Form:
    """One form for everything that the prompt still needs: cells, which are kept, and answers, which are for this run."""
    cells = tuple(cell_field(cell, required=True) for cell in needs.cells)
    asks = tuple(ask_field(each) for each in prompt.ask if each in needs.asks or each.key not in answers)
    fields = (*cells, *asks)
    problems = {each.name: "This is needed." for each in fields if each.required} if submitted else {}
    about = f"{prompt.title}: {prompt.description}"
    if cells:
        about += f"\n\n{_what_for(len(cells), len(asks))}"
    values = {"code": prompt.code, "seen": str(needs.seen), **answers}
    return Form("run", f"Run {prompt.code}", fields, values, problems, about, submit="Run")


def _what_for(cells: int, asks: int) -> str:
    """How many of the form's answers are kept in the Foundation, and how many are for the run alone."""
    if not asks:
        what, are = ("one answer", "It is") if cells == 1 else (f"{cells} answers", "They are")
        return f"It needs {what} for your Foundation first. {are} kept, so you are asked only once."
    first, are = ("The first", "is") if cells == 1 else (f"The first {cells}", "are")
    last, alone = ("the last", "is") if asks == 1 else (f"the last {asks}", "are")
    return (
        f"It asks for {cells + asks} answers. {first} {are} for your Foundation and kept, so you are asked only once; "
        f"{last} {alone} for this run alone."
    )


def refused_form(form: Form, cells: Sequence[Cell], typed: Mapping[str, Typed], problems: Mapping[str, str]) -> Form:
    """The form of what is missing, with what was typed and what is wrong; `cells` are those with a problem.

    A cell that was filled elsewhere meanwhile is missing no more, and is asked for all the same: left empty, it stays as it is.
    """
    asked = {each.name for each in form.fields}
    filled = tuple(cell_field(cell) for cell in cells if cell.key not in asked)
    return replace(form, fields=(*filled, *form.fields), values={**form.values, **typed}, problems=problems)


def ask_field(ask: Ask) -> Field:
    """A prompt's question as a field of a form; one that is too long for a label is whole in the hint."""
    long = len(ask.question) > LABEL_AT_MOST
    return Field(
        name=ask.key,
        label=shortened(ask.question) if long else ask.question,
        kind=ASKS[ask.kind],
        hint=f"{ask.question} {ask.hint}".strip() if long else ask.hint,
        required=ask.required,
        options=tuple(Option(choice, choice) for choice in ask.choices),
        max_length=LONG_ANSWER if ask.kind == "long" else SHORT_ANSWER,
    )


def shortened(question: str) -> str:
    """As many of its words as a label holds."""
    return question[: LABEL_AT_MOST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def prompt_list(step: str, prompts: Sequence[tuple[Prompt, Needs]], steps: Sequence[str]) -> Message:
    """The prompts of a step, each marked ready or with what it needs."""
    ready = sum(not needs.cells and not needs.sources for _, needs in prompts)
    every = (Button("Run all that are ready", Call("run", {"code": f"step:{step}"})),) if ready > 1 else ()
    buttons = Buttons((*every, Button("Find a prompt", Call("run", form=True))))
    others = Menu("Another step", tuple(Button(each, Call("run", {"code": each})) for each in steps if each != step))
    title = f"Prompts for {step}" if step != "Any" else "Prompts for any step"
    find = Text("Looking for something else? Write what it should do: /run win back customers")
    return Message(cards=(Card(title, (*_states(prompts), buttons, others, find)),), private=True)


def found_list(wanted: str, prompts: Sequence[tuple[Prompt, Needs]]) -> Message:
    """The prompts that fit what somebody typed, the likeliest first."""
    table = _states(prompts, with_step=True)
    return Message(
        cards=(Card(f"Prompts like “{wanted if len(wanted) <= LABEL_AT_MOST else shortened(wanted)}”", table),), private=True
    )


def _states(prompts: Sequence[tuple[Prompt, Needs]], *, with_step: bool = False) -> tuple[Table, Menu]:
    """The prompts with their states, and the menu that runs each: what is missing is asked for, or how to make it is said."""
    rows = tuple(
        (prompt.code, prompt.title, *((prompt.step,) if with_step else ()), readiness(needs)) for prompt, needs in prompts
    )
    columns = ("Code", "What it makes", *(("Step",) if with_step else ()), "State")
    return Table(columns, rows), Menu("Run", tuple(run_button(prompt) for prompt, _ in prompts))


def source_lacking(prompt: Prompt, needs: Needs) -> Message:
    """What must be made before the prompt can run, and how."""
    words, buttons = [], []
    for name in needs.sources:
        kind, _, step = name.partition(".")
        if kind == "assets":
            words.append(f"something you kept from {step}: run one of its prompts and save the result")
            buttons.append(Button(f"Prompts for {step}", Call("run", {"code": step}), primary=True))
        elif kind == "kpis":
            words.append("your figures: log them once")
            buttons.append(Button("Log KPIs", Call("kpi log"), primary=True))
        elif kind == "progress":
            words.append("a module that you have started")
            buttons.append(Button("Modules", Call("module list"), primary=True))
        else:
            words.append("the summary of your Foundation: F7 drafts it")
            buttons.append(Button("Run F7", Call("run", {"code": "F7"}), primary=True))
    text = Text(f"{prompt.code} ({prompt.title}) works on {', and on '.join(words)}.")
    return Message(cards=(Card(body=(text, Buttons(tuple(buttons))), tone=Tone.CAREFUL),), private=True)


def run_list(runs: Leaf[Execution], titles: Mapping[str, str], asking: Listing) -> Message:
    """A page of the runs."""
    if not runs.count and asking.narrowed:
        return not_found("Your runs", RUNS, asking, "No prompt that you ran", "in its code, title or step")
    if not runs.count:
        text = Text("You have not run a prompt yet. /run shows the ones for the step you are in.")
        return Message(cards=(Card(body=(text,)),), private=True)
    words = {Status.SUCCESS: "done", Status.PENDING: "running", Status.ERROR: "broke off"}
    rows = tuple(
        (run.prompt_code, titles.get(run.prompt_code, ""), f"{run.ai_request_timestamp:%-d %b %H:%M}", words[run.status])
        for run in runs.rows
    )
    table = Table(("Code", "Prompt", "When", "State"), rows)
    opens = Menu("Open one", tuple(_open_button(run) for run in runs.rows))
    head = Text(counted(asking, runs, "run"))
    return Message(cards=(Card("Your runs", (head, table, opens, *turning(RUNS, asking, runs))),), private=True)


def _open_button(run: Execution) -> Button:
    return Button(f"{run.prompt_code} {run.ai_request_timestamp:%-d %b %H:%M}", Call("run show", {"run": run.id}))


def _less(button: Button) -> Button:
    return replace(button, primary=False)


def run_button(prompt: Prompt) -> Button:
    """Runs it, or asks for what it needs."""
    return Button(f"Run {prompt.code}", Call("run", {"code": prompt.code}))


def readiness(needs: Needs) -> str:
    """Whether a prompt is ready, or what it needs, in a few words for a table."""
    if needs.sources:
        kind, _, step = needs.sources[0].partition(".")
        made = {"assets": f"work kept from {step}", "kpis": "your figures", "progress": "a started module"}
        return f"needs {made.get(kind, 'the summary')}"
    if needs.cells:
        return f"needs {len(needs.cells)} cell" + ("s" if len(needs.cells) > 1 else "")
    return "ready"


def _source(name: str) -> str:
    kind, _, which = name.partition(".")
    return {"assets": f"what you kept from {which}", "kpis": "your latest figures"}.get(kind, "your place in the course")


def _title(path: str, cells: Cells) -> str:
    """What the cell is called; the summary has no cell."""
    cell = cells.by_field.get(path)
    return cell.title if cell else f"{cells.file.alignment.title} summary"
