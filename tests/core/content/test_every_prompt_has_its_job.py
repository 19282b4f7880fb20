"""The playbook: every code there is, what each rests on, the sizes that the course fixes, and no two from one mould."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from core.contents import SHIPPED
from core.course.modules import Course
from core.playbook.prompts import Prompt
from tests.core.content.shop import PLAYBOOK, PROMPTS

CODES = {
    "Foundation": "F1 F2 F3 F4 F5 F6 F7 F8 F9 FC1 FC3 FM1",
    "Hook": "H1 H2 H3 H4 H5 H6 H7",
    "Gift": "G1 G2 G3 G4 G5 G6",
    "Identify": "ID1 ID2 ID3 ID4 ID5",
    "Engage": "E1 E2 E3 E4 E5 E6",
    "Sell": "S1 S2 S3 S4 S5 S6 S7",
    "Nurture": "N1 N2 N3 N4 N5 N6",
    "Upsell": "U1 U2 U3 U4 U5",
    "Educate": "ED1 ED2 ED3 ED4 ED5 ED6",
    "Share": "SH1 SH2 SH3 SH4 SH5 SH6",
    "Any": "O1 O2 O3 R1",
}
VOICE = "companyContext.brandVoiceAdjectives"
SHARED_AT_MOST = 0.4

FIXED = {
    "FC1": ["exactly these seven headings"],
    "FM1": ["Heading five", "two or three sentences of the shape"],
    "H1": ["Write five, one per route"],
    "H3": ["One or two sentences a hook", "Use five shapes"],
    "H5": ["about 60 characters"],
    "G1": ["Three to five gift ideas"],
    "G3": ["Headlines: three", "Bullets: exactly five", "Buttons: two"],
    "G4": ["Ad body: 50 to 75 words"],
    "G5": ["Subject lines: two", "Body: 50 to 75 words"],
    "ID1": ["Ask lines: three", "Buttons: three", "Reassurance: one or two"],
    "ID2": ["Body of 50 to 75 words", "Subjects: two"],
    "ID3": ["three versions of one or two sentences"],
    "ID4": ["one question, at most two"],
    "S1": ["Write exactly five"],
    "S2": ["five to seven bullets"],
    "S3": ["150 to 250 words", "Below 150 or above 250 is not finished"],
    "S4": ["two or three paragraphs of 50 to 100 words"],
    "S6": ["two or three wordings"],
    "N2": ["Per email write three lines"],
    "N5": ["Write three short emails"],
    "U2": ["Three headlines", "Benefit text of 50 to 75 words", "three accept buttons"],
    "U3": ["15 words at least, 25 at most", "two tick-box lines"],
    "ED2": ["45 to 55 words"],
    "ED3": ["about five emails"],
    "ED4": ["three to five questions"],
    "ED5": ["top three good themes and the top three bad"],
    "SH1": ["Three subject lines"],
    "R1": ["two or three reasons"],
    "O1": ["at most two bottlenecks"],
    "O2": ["one or two A/B tests"],
    "O3": ["Choose three tasks"],
}


def test_every_code_of_the_course_is_there_and_in_its_order() -> None:
    assert {step: " ".join(each.code for each in PLAYBOOK.of_step(step)) for step in CODES} == CODES
    assert len(PROMPTS) == sum(len(codes.split()) for codes in CODES.values())


def test_what_customers_read_is_written_in_the_shops_voice() -> None:
    assert [each.code for each in PROMPTS if each.customer_facing and VOICE not in each.requires] == []


@pytest.mark.parametrize("code", FIXED)
def test_a_size_that_the_course_fixes_stands_in_the_instructions(code: str) -> None:
    assert [size for size in FIXED[code] if size not in PLAYBOOK.by_code[code].body] == []


def test_the_instructions_are_numbered_from_one_without_a_gap() -> None:
    for each in PROMPTS:
        numbers = re.findall(r"^(\d+)\. ", _part(each, "Key instructions"), re.MULTILINE)
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)], each.code
        assert 5 <= len(numbers) <= 10, each.code


def test_the_privacy_snippet_is_never_shown_without_its_legal_warning() -> None:
    snippet = PLAYBOOK.by_code["ID3"]
    assert "lawyer" in snippet.warning
    assert "not legal advice" in snippet.warning
    assert "a lawyer decides whether" in _part(snippet, "Role")
    assert "Legal check needed: this is a draft and not legal advice." in _part(snippet, "Key instructions")


def test_every_example_is_of_the_shop_and_says_that_it_is_made_up() -> None:
    """A model that took it for the student's own shop would write of jars."""
    for each in PROMPTS:
        example = _part(each, "Examples")
        assert "Crock & Clover" in example, each.code
        assert re.search(r"[Mm]ade[- ]up|[Ii]nvented", example), each.code


def test_every_prompt_says_what_it_gives_and_when_to_use_it() -> None:
    for each in PROMPTS:
        assert each.description.endswith("."), each.code
        assert each.output, each.code
        assert each.asset, each.code
    assert len({each.title for each in PROMPTS}) == len({each.description for each in PROMPTS}) == len(PROMPTS)


def test_no_two_prompts_come_from_one_mould() -> None:
    said = {each.code: _sentences(each.body) for each in PROMPTS}
    assert {
        (one, other): sorted(said[one] & said[other]) for one, other in combinations(said, 2) if _shared(said[one], said[other])
    } == {}


def test_a_copy_with_other_values_is_seen() -> None:
    one = _sentences("You write {companyContext.coreOffers} lines, five of them. Count each line twice. Never shout at anybody.")
    other = _sentences("You write {ask.offer} lines, six of them. Count each line twice. Never shout at anybody.")
    assert _shared(one, other)
    assert not _shared(
        one, _sentences("You edit a magazine for cooks. Count each line twice. Sell nothing in the text. Ask for more.")
    )


def test_modules_and_prompts_know_each_other() -> None:
    """A module offers the prompts of its own step and does something with each; of the cross-step ones, those that help there."""
    for module in Course(SHIPPED).modules():
        own = [each.code for each in PLAYBOOK.of_step(module.step)]
        assert [code for code in own if code not in module.prompts] == [], module.number
        assert [code for code in module.prompts if code not in own and code not in CODES["Any"].split()] == [], module.number
        at_work = {code for item in module.checklist for code in item.prompts}
        assert [code for code in own if code not in at_work] == [], module.number
    offered = {code for module in Course(SHIPPED).modules() for code in module.prompts}
    assert [each.code for each in PROMPTS if each.code not in offered] == []


def _part(prompt: Prompt, heading: str) -> str:
    return prompt.body.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def _sentences(body: str) -> frozenset[str]:
    """Its sentences without what differs from use to use: placeholders, numbers, case and signs."""
    plain = re.sub(r"^## .*$|\{[^}]*\}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", " ", body, flags=re.MULTILINE)
    parts = re.split(r"(?<=[.!?:])\s+|\n+", plain)
    kept = (" ".join(re.findall(r"[a-z']+", part.lower())) for part in parts)
    return frozenset(each for each in kept if len(each.split()) > 2)


def _shared(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > SHARED_AT_MOST * min(len(one), len(other))
