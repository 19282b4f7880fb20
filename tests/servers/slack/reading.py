"""What a person reads: blocks, messages and views as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.servers.slack.charts import characters
from tests.servers.slack.shapes import Json
from tests.servers.slack.things import Message, Stream, View
from tests.servers.slack.workspace import Workspace
from tests.servers.slack.writing import read

MARKS = {"pending": "○", "in_progress": "◐", "complete": "●", "error": "✗"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it."""

    author: str
    icon: str
    text: str
    ts: str
    thread_ts: str | None
    channel: str
    ephemeral: bool
    streaming: bool
    by_bot: bool
    files: tuple[str, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class SeenField:
    """A field of a form: what stands in it, and what is said about it."""

    label: str
    kind: str
    value: str
    hint: str
    optional: bool
    options: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class SeenModal:
    """A form as a person sees it."""

    title: str
    text: str
    fields: tuple[SeenField, ...]
    submit: str
    close: str
    view: View

    def field(self, label: str) -> SeenField:
        """The field with this label."""
        found = [each for each in self.fields if each.label == label]
        assert found, f"no field {label!r} among {[each.label for each in self.fields]}"
        return found[0]


def seen(world: Workspace, message: Message) -> Seen:
    """The message, as it reads."""
    user = world.users.get(message.user)
    author = message.username or (user.name if user else "")
    streaming = world.streaming(message)
    return Seen(
        author,
        message.icon,
        message_text(world, message),
        message.ts,
        message.thread_ts,
        message.channel,
        message.only_for is not None,
        streaming,
        message.bot_id == world.teams[world.channels[message.channel].team].bot_id,
        tuple(world.files[each].title for each in message.files if each in world.files),
        message,
    )


def message_text(world: Workspace, message: Message) -> str:
    """What is read of a message: its blocks, or its text where it has none; a stream as it stands."""
    if message.stream is not None:
        return stream_text(message.stream)
    shown = blocks_text(message.blocks) if message.blocks else read(message.text)
    files = [f"File: {world.files[each].title}" for each in message.files if each in world.files]
    return "\n".join([*([shown] if shown else []), *files])


def stream_text(stream: Stream) -> str:
    """A stream: the plan, its tasks, the text, the blocks."""
    tasks = [task_text(each) for each in stream.tasks.values()]
    return "\n".join(each for each in (stream.plan, *tasks, stream.text, blocks_text(stream.blocks)) if each)


def task_text(task: Json) -> str:
    """A task of a plan, with a mark for how far it is."""
    notes = [
        task[name] if isinstance(task[name], str) else characters(task[name]) for name in ("details", "output") if task.get(name)
    ]
    return " – ".join([f"{MARKS[task['status']]} {task['title']}", *notes])


def blocks_text(blocks: Iterable[Json]) -> str:
    """The blocks, one below the other."""
    return "\n".join(each for each in map(block_text, blocks) if each)


def block_text(block: Json) -> str:  # noqa: PLR0912 – one arm for each type of block
    """One block as plain text."""
    match block["type"]:
        case "header" | "markdown":
            return text_of(block["text"])
        case "alert":
            return f"! {text_of(block['text'])}"
        case "section":
            parts = [text_of(each) for each in ([block["text"]] if "text" in block else []) + block.get("fields", [])]
            return "\n".join([*parts, *([element_text(block["accessory"])] if "accessory" in block else [])])
        case "context":
            return " · ".join(element_text(each) for each in block["elements"])
        case "actions" | "context_actions":
            return " ".join(element_text(each) for each in block["elements"])
        case "divider":
            return "———"
        case "image":
            title = text_of(block["title"]) if "title" in block else ""
            return "Image: " + " – ".join(each for each in (title, block["alt_text"]) if each)
        case "rich_text":
            return rich_text(block)
        case "table" | "data_table":
            rows = [
                " | ".join(rich_text(cell) if cell["type"] == "rich_text" else cell["text"] for cell in row)
                for row in block["rows"]
            ]
            return "\n".join([*([block["caption"]] if "caption" in block else []), *rows])
        case "data_visualization":
            return chart_text(block)
        case "container":
            title = text_of(block["title"]) if "title" in block else rich_text(block.get("rich_text_title", {"elements": []}))
            return "\n".join(each for each in (title, blocks_text(block["child_blocks"])) if each)
        case "card":
            words = [text_of(block[name]) for name in ("title", "subtitle", "body") if name in block]
            return "\n".join([*words, *(element_text(each) for each in block.get("actions", []))])
        case "carousel":
            return blocks_text(block["elements"])
        case "plan":
            return "\n".join([block["title"], *(task_text(each) for each in block.get("tasks", []))])
        case "task_card":
            return task_text(block)
        case "input":
            return f"{text_of(block['label'])}: {element_text(block['element'])}"
        case "video":
            return f"Video: {text_of(block['title'])}"
        case other:
            raise AssertionError(f"a block that nobody can read: {other}")


def chart_text(block: Json) -> str:
    """A chart: its title, and its figures by series."""
    chart = block["chart"]
    series = [{"name": "", "data": chart["segments"]}] if chart["type"] == "pie" else chart["series"]
    lines = [
        f"{one['name']}: ".removeprefix(": ") + ", ".join(f"{each['label']} {each['value']:g}" for each in one["data"])
        for one in series
    ]
    return "\n".join([f"Chart: {block['title']}", *lines])


def element_text(element: Json) -> str:
    """A button as [Label], a menu as [what it shows ▾], text and images as they read."""
    match element["type"]:
        case "button" | "workflow_button" | "icon_button":
            return f"[{text_of(element['text'])}]"
        case "feedback_buttons":
            return " ".join(f"[{text_of(element[name]['text'])}]" for name in ("positive_button", "negative_button"))
        case "image":
            return f"Image: {element['alt_text']}"
        case "plain_text" | "mrkdwn":
            return text_of(element)
        case "overflow":
            return "[…]"
        case "checkboxes" | "radio_buttons":
            return " ".join(f"[{text_of(each['text'])}]" for each in element["options"])
        case _:
            chosen = element.get("initial_option")
            return f"[{text_of(chosen['text']) if chosen else text_of(element.get('placeholder', ''))} ▾]"


def rich_text(block: Json) -> str:
    """Rich text: a line for each part, bullets before the items of lists."""
    lines = []
    for part in block.get("elements", []):
        if part["type"] == "rich_text_list":
            lines += [f"{'  ' * part.get('indent', 0)}• {_inline(item)}" for item in part["elements"]]
        elif part["type"] == "rich_text_quote":
            lines.append(f"> {_inline(part)}")
        else:
            lines.append(_inline(part))
    return "\n".join(lines)


def _inline(part: Json) -> str:
    words = []
    for each in part["elements"]:
        match each["type"]:
            case "link":
                words.append(each.get("text") or each["url"])
            case "user":
                words.append(f"<@{each['user_id']}>")
            case "channel":
                words.append(f"<#{each['channel_id']}>")
            case "emoji":
                words.append(f":{each['name']}:")
            case _:
                words.append(each.get("text", ""))
    return "".join(words)


def text_of(value: Json | str) -> str:
    """A text object as it reads, or a text."""
    return value if isinstance(value, str) else read(str(value["text"]))


def value_text(value: Json) -> str:
    """What stands in a field."""
    for name, given in value.items():
        if name == "type" or given is None:
            continue
        if name == "selected_option":
            return text_of(given["text"])
        if name == "selected_options":
            return ", ".join(text_of(each["text"]) for each in given)
        return ", ".join(map(str, given)) if isinstance(given, list) else str(given)
    return ""
