"""Names, docstrings and sizes: what a newcomer goes by."""

from __future__ import annotations

import ast
import re
import tokenize
from io import StringIO

from tests.house.tree import ALL, ROOT, SHIPPED, dotted, public, sources

SAYS_NOTHING = {"util", "utils", "helper", "helpers", "manager", "base", "common", "misc", "impl", "info", "stuff", "tools"}
EMPTY_NAMES = re.compile(r"\w(Manager|Helper|Util|Utils|Base|Impl|Data|Info)$")
PUT_OFF = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|type:\s*ignore|pragma: no cover")
LINES_AT_MOST = 280
"""Below the imports. Most files have less than half of it; the largest are tables, and an adapter of a whole port."""
FUNCTION_LINES_AT_MOST = 50


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [each.path for each in sources(*ALL) if set(each.path.removesuffix(".py").split("/")) & SAYS_NOTHING] == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    names = [
        f"{source.at(node)} {node.name}"
        for source in sources(*ALL)
        for node in source.nodes
        if isinstance(node, ast.ClassDef) and EMPTY_NAMES.search(node.name)
    ]
    assert names == []


def test_nothing_is_put_off_or_hushed() -> None:
    found = [
        f"{source.path}:{token.start[0]} {token.string}"
        for source in sources(*ALL)
        if PUT_OFF.search(source.text)  # to tell comments from the rest takes long
        for token in tokenize.generate_tokens(StringIO(source.text).readline)
        if token.type == tokenize.COMMENT and PUT_OFF.search(token.string)
    ]
    assert found == []


def test_no_test_is_left_out_for_good() -> None:
    found = [
        source.at(node)
        for source in sources("tests")
        for node in source.nodes
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "xfail"} and ast.unparse(node.value).endswith("mark")
    ]
    assert found == []


def test_every_module_says_in_one_sentence_what_lives_there() -> None:
    silent = [each.path for each in sources(*ALL) if each.text.strip() and not _one_sentence(ast.get_docstring(each.tree))]
    assert silent == []


def test_every_public_name_says_what_it_is() -> None:
    """What a protocol promises is told there, and not again by each class that keeps the promise."""
    silent = []
    for folder, promised in _promises().items():
        for source in sources(*SHIPPED):
            if source.path.rpartition("/")[0] == folder:
                silent += [
                    f"{source.at(node)} {name}"
                    for name, node in public(source.tree.body)
                    if not ast.get_docstring(node) and not ("." in name and node.name in promised)
                ]
    assert silent == []


def test_files_and_functions_stay_small() -> None:
    large = [source.path for source in sources(*SHIPPED) if len(source.lines) - _imports_end(source.tree) > LINES_AT_MOST]
    large += [
        f"{source.at(node)} {node.name}"
        for source in sources(*SHIPPED)
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES_AT_MOST
    ]
    assert large == []


def test_tests_names_are_sentences() -> None:
    short = [
        f"{source.at(node)} {node.name}"
        for source in sources("tests")
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and len(node.name.split("_")) < 3
    ]
    assert short == []


def test_every_decision_has_its_number_context_decision_and_consequences() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [each.name[:4] for each in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for each in records:
        text = each.read_text(encoding="utf-8")
        heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert {"Context", "Decision", "Consequences"} <= set(heads), each.name


def _one_sentence(docstring: str | None) -> bool:
    """Whether the first paragraph is one; more may follow after an empty line."""
    first = (docstring or "").partition("\n\n")[0]
    return first.endswith(".") and not re.search(r"[.?]\s+[A-Z]", first)


def _imports_end(tree: ast.Module) -> int:
    """The last line of the imports at a module's top."""
    return max((node.end_lineno or 0 for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)), default=0)


def _promises() -> dict[str, set[str]]:
    """The methods of the protocols, by the folder that they and those who keep them stand in."""
    found: dict[str, set[str]] = {source.path.rpartition("/")[0]: set() for source in sources(*SHIPPED)}
    for source in sources(*SHIPPED):
        for node in source.nodes:
            if isinstance(node, ast.ClassDef) and any(dotted(each) == "Protocol" for each in node.bases):
                found[source.path.rpartition("/")[0]] |= {each.name for _, each in public(node.body)}
    return found
