"""Broad excepts, the clock, the environment and printing: each has its own few files."""

from __future__ import annotations

import ast
import re

from tests.house.tree import ALL, SHIPPED, Source, calls, dotted, imported, sources

BOUNDARIES = {"bots/boundary.py", "scheduler/worker.py"}
"""Where what nobody expected is caught, logged and told."""
CLOCKS = {
    "bots/backing.py",  # `now`, the program's only clock
    "bots/terminal/talk.py",  # the time of what was typed
    "core/ids.py",  # ids begin with the time at which they were made
    "scheduler/ticks.py",  # APScheduler goes by the machine's clock
}
TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime"}
BROAD = {"Exception", "BaseException"}


def test_broad_excepts_stand_at_the_boundaries_only() -> None:
    found = {
        source.path
        for source in sources(*ALL)
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler) and _broad(node.type)
    }
    assert found <= BOUNDARIES


def test_nothing_broad_is_suppressed() -> None:
    hidden = [
        source.at(call)
        for source in sources(*ALL)
        for name, call in calls(source)
        if name.endswith("suppress") and any(_broad(each) for each in call.args)
    ]
    assert hidden == []


def test_time_is_passed_in() -> None:
    found = {source.path for source in sources(*SHIPPED) for name, _ in calls(source) if _last_two(name) in TIME}
    assert found <= CLOCKS


def test_the_drivers_of_the_record_have_one_file_each() -> None:
    found = {
        (source.path, driver)
        for source in sources(*SHIPPED)
        for driver in (name.split(".")[0] for name in imported(source))
        if driver in {"motor", "pymongo", "bson", "gridfs"}
    }
    motor, errors = "persistence/mongo.py", "persistence/mongo_errors.py"
    assert found == {(motor, "motor"), (motor, "pymongo"), (errors, "pymongo")}


def test_the_environment_is_read_by_the_settings() -> None:
    found = {
        source.path
        for source in sources(*SHIPPED)
        for node in source.nodes
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv", "os.environb"}
    }
    allowed = {"bots/settings.py", "bots/misnamed.py", "bots/charts/worker.py"}
    assert found <= allowed, "names that are no setting; charts tell matplotlib its folder, which it reads from nowhere else"


def test_only_benchmarks_print() -> None:
    found = {source.path for source in sources(*SHIPPED, "tests") for name, _ in calls(source) if name in {"print", "pprint"}}
    assert found == set()


def test_tests_do_not_sleep() -> None:
    """`sleep(0)` lets others run, and is no sleep. One that cannot be otherwise says why on its line."""
    asleep = [
        source.at(call)
        for source in sources("tests")
        for name, call in calls(source)
        if name.split(".")[-1] == "sleep" and not _lets_run(call) and not _says_why(source, call)
    ]
    assert asleep == []


def test_a_features_store_is_its_own() -> None:
    strangers = []
    for source in sources("core"):
        feature = source.path.split("/")[1]
        for name in imported(source):
            store = re.fullmatch(r"core\.(\w+)\.(\w*_)?ports", name)
            if store and store[1] != feature and _imports_a_store(source, name):
                strangers.append(f"{source.path} → {name}")
    assert strangers == []


def _broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_broad(each) for each in caught.elts)
    return caught is None or dotted(caught) in BROAD


def _last_two(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def _lets_run(call: ast.Call) -> bool:
    return len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


def _says_why(source: Source, call: ast.Call) -> bool:
    return "  # " in source.lines[call.lineno - 1]


def _imports_a_store(source: Source, module: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.module == module and any(each.name.endswith("Store") for each in node.names)
        for node in source.nodes
    )
