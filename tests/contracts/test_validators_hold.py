"""The validators made of `persistence.models`: MongoDB and the tests' own reading of the rules refuse the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from pydantic import TypeAdapter

from core.errors import OutsideTheLanguage
from persistence.documents import Collection, Document
from persistence.models import MODELS
from tests.contracts.rules import SAMPLES, Rule, faults, fits, least, mended
from tests.contracts.strict import RULES, Strict, Unfit, check, fitting


def alternatives(rule: Rule) -> Sequence[Rule]:
    """The rule, or each of those that it lets choose from."""
    found: Sequence[Rule] = rule.get("oneOf", [rule])
    return found


def wrong_ones(rule: Rule) -> Iterator[tuple[str, Document]]:
    """Documents with one fault each: a field that must be there and is not, or one that is of another type."""
    right: Document = least(rule)
    for name in rule["required"]:
        if name != "_id":
            yield f"no {name}", {key: value for key, value in right.items() if key != name}
    for name, inner in rule["properties"].items():
        if name == "_id":
            continue
        for kind, sample in SAMPLES.items():
            if not fits(inner, sample):
                yield f"{name} of type {kind}", {**right, name: sample}
                break


@pytest.mark.parametrize("name", MODELS)
def test_what_a_validator_takes_at_least_the_model_reads(name: str) -> None:
    for rule in alternatives(RULES[name]):
        document = least(rule)
        assert not list(faults(RULES[name], document))
        model: Any = MODELS[name]
        TypeAdapter[Any](model).validate_python(document)


@pytest.mark.parametrize("name", MODELS)
def test_a_document_with_one_fault_is_refused(name: str) -> None:
    for rule in alternatives(RULES[name]):
        found = dict(wrong_ones(rule))
        assert len(found) > len(rule["required"]) - 1, "faults of type were tried too"
        for fault, document in found.items():
            with pytest.raises(Unfit):
                check(name, document)
            assert list(faults(rule, document)), fault


@pytest.mark.parametrize("name", MODELS)
async def test_mongodb_refuses_the_same(mongo_strict: Strict, name: str) -> None:
    await mongo_strict.empty()
    collection = mongo_strict.behind.collection(name)
    for rule in alternatives(RULES[name]):
        for fault, document in wrong_ones(rule):
            assert await _refused(collection, document), fault
        right = least(rule)
        await collection.insert(right)
        assert await collection.find_one({"_id": right["_id"]}) == right
        await collection.delete({})


async def _refused(collection: Collection, document: Document) -> bool:
    try:
        await collection.insert(document)
    except OutsideTheLanguage:  # of the validator, or of the port itself where an index asks for a shape
        return True
    return False


async def test_a_change_to_something_wrong_is_refused_too(mongo_strict: Strict) -> None:
    await mongo_strict.empty()
    users = mongo_strict.behind.collection("users")
    await users.insert(fitting("users", _id="usr_1", name="Nora"))
    with pytest.raises(OutsideTheLanguage):
        await users.update({"_id": "usr_1"}, {"$set": {"onboardingStatus": "Lost"}})
    kept = await users.find_one({"_id": "usr_1"})
    assert kept is not None
    assert "onboardingStatus" not in kept
    await users.delete({})


async def test_a_figure_is_a_number_wherever_it_is_kept(strict: Strict) -> None:
    snapshots = strict.collection("userFunnelSnapshots")
    for name in ("hook_AvgCTR", "overallROI"):
        right = fitting("userFunnelSnapshots", _id=f"snp_{name}", timePeriod=name, **{name: 3})
        await snapshots.insert(right)
        with pytest.raises(Unfit):
            await snapshots.insert({**right, "_id": "snp_2", "timePeriod": "other", name: "2.5 %"})
        with pytest.raises((Unfit, OutsideTheLanguage)):
            await snapshots.update({"_id": right["_id"]}, {"$set": {name: "2.5 %"}})


async def test_a_store_that_writes_what_does_not_fit_is_found_out(strict: Strict) -> None:
    users = strict.collection("users")
    with pytest.raises(Unfit, match="name is missing"):
        await users.insert({"_id": "usr_1"})
    await users.insert({"_id": "usr_1", "name": "Nora"})
    took = strict.took
    with pytest.raises((Unfit, OutsideTheLanguage)):
        await users.update({"_id": "usr_1"}, {"$set": {"name": 5}})
    await users.update({"_id": "usr_1"}, {"$set": {"name": "Nora Lind"}})
    assert strict.took > took


WHOLE: Rule = {
    "bsonType": "object",
    "required": ["kind"],
    "additionalProperties": False,
    "properties": {
        "kind": {"enum": ["a", "b"]},
        "share": {"bsonType": ["double", "int"], "minimum": 0, "exclusiveMinimum": True, "maximum": 1},
        "code": {"bsonType": "string", "pattern": "^[A-Z]+$", "minLength": 2, "maxLength": 4},
        "pair": {"bsonType": "array", "items": [{"bsonType": "int"}, {"bsonType": "string"}], "minItems": 2, "maxItems": 2},
        "names": {"bsonType": "object", "additionalProperties": {"anyOf": [{"bsonType": "string"}, {"bsonType": "null"}]}},
        "one": {"oneOf": [{"bsonType": "int"}, {"minimum": 5}]},
        "hook_Rate": {},
    },
    "patternProperties": {"^[a-z]+_": {"bsonType": "double"}},
}


@pytest.mark.parametrize(
    "fine",
    [
        {"kind": "a"},
        {"kind": "b", "share": 1, "code": "AB", "pair": [1, "x"], "names": {"x": "y", "z": None}, "one": 1, "hook_Rate": 2.5},
    ],
)
def test_the_rules_take_what_is_right(fine: Mapping[str, Any]) -> None:
    assert fits(WHOLE, fine)


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 1},
        {"kind": "c"},
        {"kind": "a", "share": 0},
        {"kind": "a", "share": 1.5},
        {"kind": "a", "share": True},
        {"kind": "a", "code": "ab"},
        {"kind": "a", "code": "A"},
        {"kind": "a", "code": "ABCDE"},
        {"kind": "a", "pair": [1]},
        {"kind": "a", "pair": ["x", 1]},
        {"kind": "a", "names": {"x": 1}},
        {"kind": "a", "one": 5},
        {"kind": "a", "other": 1},
        {"kind": "a", "hook_Rate": "2.5"},
        "a",
    ],
)
def test_the_rules_refuse_what_is_wrong(wrong: object) -> None:
    assert not fits(WHOLE, wrong)


def test_a_rule_that_nobody_knows_is_not_passed_over() -> None:
    with pytest.raises(AssertionError, match="uniqueItems"):
        list(faults({"uniqueItems": True}, []))


def test_a_document_is_mended_with_as_little_as_may_be() -> None:
    rule = RULES["agents"]
    made = mended(rule, {"_id": "agt_1", "kind": "system_agent", "name": 5})
    assert fits(rule, made)
    assert (made["_id"], made["kind"], made["name"]) == ("agt_1", "system_agent", "x")
