"""What Slack refuses in blocks: by the published types, and by the rules that those are blind to.

Which block stands on which surface: docs.slack.dev/blocks.json, less what is known not to be drawn there (a table outside
messages, a card in a modal). https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from tests.servers.slack.charts import chart_faults, data_table_faults, table_faults
from tests.servers.slack.shapes import Json, faults

Surface: TypeAlias = Literal["message", "modal", "home"]

DEFINITIONS: Mapping[str, str] = {
    "actions": "ActionsBlock",
    "alert": "AlertBlock",
    "card": "CardBlock",
    "carousel": "CarouselBlock",
    "container": "ContainerBlock",
    "context": "ContextBlock",
    "context_actions": "ContextActionsBlock",
    "data_table": "DataTableBlock",
    "divider": "DividerBlock",
    "header": "HeaderBlock",
    "image": "ImageBlock",
    "input": "InputBlock",
    "markdown": "MarkdownBlock",
    "plan": "PlanBlock",
    "rich_text": "RichTextBlock",
    "section": "SectionBlock",
    "table": "TableBlock",
    "task_card": "TaskCardBlock",
    "video": "VideoBlock",
}
MESSAGES_ONLY = {"container", "context_actions", "data_table", "markdown", "plan", "table", "task_card"}
NOT_ON: Mapping[Surface, frozenset[str]] = {
    "message": frozenset({"alert"}),
    "modal": frozenset({"card", "carousel", "data_visualization"} | MESSAGES_ONLY),
    "home": frozenset({"alert"} | MESSAGES_ONLY),
}
ELEMENT_ONLY_ON: Mapping[str, frozenset[Surface]] = {
    "datetimepicker": frozenset({"message", "modal"}),
    "email_text_input": frozenset({"modal"}),
    "feedback_buttons": frozenset({"message"}),
    "file_input": frozenset({"modal"}),
    "icon_button": frozenset({"message"}),
    "number_input": frozenset({"modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "url_text_input": frozenset({"modal"}),
    "workflow_button": frozenset({"message"}),
}
BLOCKS_AT_MOST: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
OPTIONS_AT_MOST: Mapping[str, int] = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}

FileExists: TypeAlias = Callable[[Json], bool]


def block_faults(blocks: Any, surface: Surface, file_exists: FileExists) -> list[str]:
    """What Slack has against these blocks; empty where it takes them."""
    if not isinstance(blocks, list) or not all(isinstance(each, dict) for each in blocks):
        return ["must be an array of objects [json-pointer:/blocks]"]
    found = []
    if len(blocks) > BLOCKS_AT_MOST[surface]:
        found.append(f"no more than {BLOCKS_AT_MOST[surface]} items allowed [json-pointer:/blocks]")
    for number, block in enumerate(blocks):
        found += _of_block(block, surface, file_exists, f"/blocks/{number}")
    found += _of_them_all(blocks, surface)
    return found


def every_block(blocks: list[Json]) -> Iterator[Json]:
    """Each block, and those within it."""
    for block in blocks:
        yield block
        yield from every_block(block.get("child_blocks", []))
        if block.get("type") == "carousel":
            yield from every_block(block.get("elements", []))


def elements_of(block: Json) -> list[Json]:
    """The interactive elements that a block holds."""
    match block.get("type"):
        case "actions" | "context_actions":
            return list(block["elements"])
        case "section":
            return [block["accessory"]] if "accessory" in block else []
        case "input":
            return [block["element"]]
        case "card":
            return list(block.get("actions", []))
        case _:
            return []


def options_of(element: Json) -> list[Json]:
    """The options of a menu, those in groups too."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _of_block(block: Json, surface: Surface, file_exists: FileExists, at: str) -> list[str]:
    kind = block.get("type")
    if kind == "data_visualization":
        found = chart_faults(block, at)
    elif not isinstance(kind, str) or kind not in DEFINITIONS:
        return [f"unsupported type: {kind} [json-pointer:{at}/type]"]
    else:
        found = [f"{what} [json-pointer:{at}{where}]" for where, what in faults("slack-block-kit", DEFINITIONS[kind], block)]
    if kind in NOT_ON[surface]:
        found.append(f"{kind} is not available in this surface: {surface} [json-pointer:{at}/type]")
    if found:
        return found
    if kind == "table":
        found += table_faults(block, at)
    if kind == "data_table":
        found += data_table_faults(block, at)
    found += _of_content(block, at)
    found += [fault for each in elements_of(block) for fault in _of_element(each, surface, at)]
    for image in _images(block):
        if "slack_file" in image and not file_exists(image["slack_file"]):
            found.append(f"invalid slack file [json-pointer:{at}/slack_file]")
        if "image_url" in image and not image["image_url"].startswith(("https://", "http://")):
            found.append(f"must be a valid URL [json-pointer:{at}/image_url]")
    for number, child in enumerate(block.get("child_blocks", [])):
        found += _of_block(child, surface, file_exists, f"{at}/child_blocks/{number}")
    return found


def _of_content(block: Json, at: str) -> list[str]:
    """Emptiness that the types let pass."""
    kind = block["type"]
    lists = {"actions": "elements", "context": "elements", "context_actions": "elements", "rich_text": "elements"}
    if kind in lists and not block[lists[kind]]:
        return [f"must have at least 1 item [json-pointer:{at}/elements]"]
    if kind == "section" and not block.get("text") and not block.get("fields"):
        return [f"must have either text or fields [json-pointer:{at}]"]
    if kind == "section" and block.get("fields") == []:
        return [f"must have at least 1 item [json-pointer:{at}/fields]"]
    if kind == "markdown" and not block["text"]:
        return [f"must be more than 0 characters [json-pointer:{at}/text]"]
    texts = [block.get("text"), *block.get("fields", []), *(block["elements"] if kind == "context" else [])]
    if any(isinstance(each, dict) and each.get("text") == "" for each in texts):
        return [f"must be more than 0 characters [json-pointer:{at}/text]"]
    if kind == "context" and len(block["elements"]) > 10:
        return [f"no more than 10 items allowed [json-pointer:{at}/elements]"]
    return []


def _of_element(element: Json, surface: Surface, at: str) -> list[str]:
    kind = element["type"]
    found = []
    if kind in ELEMENT_ONLY_ON and surface not in ELEMENT_ONLY_ON[kind]:
        found.append(f"{kind} is not available in this surface: {surface} [json-pointer:{at}]")
    needs = kind in {"static_select", "multi_static_select", "overflow", "checkboxes", "radio_buttons"}
    options = options_of(element)
    most = OPTIONS_AT_MOST.get(kind, 100)
    if needs and not options:
        found.append(f"must have at least 1 option [json-pointer:{at}/options]")
    if needs and ("options" in element) == ("option_groups" in element):
        found.append(f"must have either options or option_groups [json-pointer:{at}]")
    if len(element.get("options", [])) > most or any(len(each["options"]) > 100 for each in element.get("option_groups", [])):
        found.append(f"no more than {most} items allowed [json-pointer:{at}/options]")
    values = [option.get("value") for option in options]
    if needs and (None in values or len(set(values)) < len(values)):
        found.append(f"each option needs a value of its own [json-pointer:{at}/options]")
    initial = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if needs and any(each not in options for each in initial):
        found.append(f"initial options must be among the options [json-pointer:{at}]")
    if kind == "plain_text_input":
        found += _of_text_input(element, at)
    return found


def _of_text_input(element: Json, at: str) -> list[str]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if not 0 <= least <= 3000 or not 1 <= most <= 3000 or least > most:
        return [f"min_length and max_length must lie within 3000 [json-pointer:{at}/element]"]
    if "initial_value" in element and len(element["initial_value"]) > most:
        return [f"initial_value is longer than {most} characters [json-pointer:{at}/element/initial_value]"]
    return []


def _of_them_all(blocks: list[Json], surface: Surface) -> list[str]:
    """Rules across blocks."""
    everything = list(every_block(blocks))
    ids = Counter(block["block_id"] for block in everything if block.get("block_id"))
    found = [f"block_id already exists: {each} [json-pointer:/blocks]" for each, times in ids.items() if times > 1]
    for number, block in enumerate(everything):
        if block.get("type") in {"actions", "context_actions"} and isinstance(block.get("elements"), list):
            named = Counter(each["action_id"] for each in block["elements"] if isinstance(each, dict) and each.get("action_id"))
            twice = [each for each, times in named.items() if times > 1]
            found += [f"action_id already exists: {each} [json-pointer:/blocks/{number}/elements]" for each in twice]
    if surface == "message" and sum(block.get("type") == "data_visualization" for block in everything) > 2:
        found.append("no more than 2 data_visualization blocks allowed [json-pointer:/blocks]")
    return found


def _images(block: Json) -> Iterator[Json]:
    if block["type"] == "image":
        yield block
    for each in (*block.get("elements", []), block.get("accessory"), block.get("hero_image"), block.get("icon")):
        if isinstance(each, dict) and each.get("type") == "image":
            yield each
