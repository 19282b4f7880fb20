"""Every prompt of the course is a press away from somebody who does not know its code."""

from __future__ import annotations

import pytest

from core.contents import SHIPPED
from core.course.modules import Course
from core.playbook.prompts import STEPS, Playbook

PLAYBOOK = Playbook(SHIPPED)


def test_every_prompt_stands_in_the_list_of_one_step() -> None:
    listed = [prompt.code for step in STEPS for prompt in PLAYBOOK.of_step(step)]
    assert sorted(listed) == sorted(PLAYBOOK.by_code)


def test_every_prompt_of_a_step_is_offered_by_its_module() -> None:
    for module in Course(SHIPPED).modules():
        assert {prompt.code for prompt in PLAYBOOK.of_step(module.step)} <= set(module.prompts)


def test_every_prompt_is_found_by_its_code_and_by_its_title() -> None:
    for code, prompt in PLAYBOOK.by_code.items():
        assert PLAYBOOK.named(code.lower()) == prompt
        assert PLAYBOOK.like(prompt.title)[0] == prompt


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("win back customers", "N6"),
        ("email for people who left the cart", "N5"),
        ("seo", "H5"),
        ("legal privacy text", "ID3"),
        ("write an ad", "N4"),
        ("heddlines", "H1"),
        ("competitors", "F5"),
        ("vide", "H4"),
    ],
)
def test_a_prompt_is_found_by_what_it_is_for(purpose: str, code: str) -> None:
    assert PLAYBOOK.like(purpose)[0].code == code


def test_what_shares_only_a_common_word_is_not_found() -> None:
    assert [each.code for each in PLAYBOOK.like("win back customers")] == ["N6"]
    assert PLAYBOOK.like("qwertz") == []
