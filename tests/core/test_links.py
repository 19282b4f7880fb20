"""Links of an answer: what may stay one, what becomes plain words, and that the pieces in which it comes make no difference."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.links import Allowed, Links, keys, links_of, shown

KNOWN = (
    "My shop is lidandjar.co.uk, its best page https://lidandjar.co.uk/pages/gift?x=1 (see https://ok.example/a_(b)), "
    "write to hello@lidandjar.co.uk"
)
PIECES = (
    "https://", "http:", "evil.com", "lidandjar.co.uk", "/pages/gift?x=1", "](", "[", "]", "(", ")", "<", ">", "|", "!", ".", ":",
    "//", "@", "\\", "&#58;", "&sol;", "`", " ", "\n", "mailto:", "www.", "a", "Ω", "\u200b", "*", "_", "javascript:",
    "ok.example/a_(b)",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("See [here](https://evil.com/a?x=1) now", "See [here] (https[:]//evil[.]com/a?x=1) now"),
        ("![p](https://evil.com/p.png?d=pains)", "![p] (https[:]//evil[.]com/p[.]png?d=pains)"),
        ("<https://evil.example/x>", "<https[:]//evil[.]example/x>"),
        ("<https://evil.com/x|your shop>", "<https[:]//evil[.]com/x|your shop>"),
        ("[r]: https://evil.com/?d=1\n\n[text][r]", "[r]: https[:]//evil[.]com/?d=1\n\n[text][r]"),
        ("[a](//evil.com/x) [b](secret-words)", "[a] (//evil[.]com/x) [b] (secret-words)"),
        ("[a](<https://evil.com/x>)", "[a] (<https[:]//evil[.]com/x>)"),
        ("`https://evil.com/x`", "`https[:]//evil[.]com/x`"),
        ("HTTPS://EVIL.COM/x", "HTTPS[:]//EVIL[.]COM/x"),
        ("www.evil.com and evil.xyz and evil.com/x", "www[.]evil[.]com and evil[.]xyz and evil[.]com/x"),
        ("_evil.com_ .evil.com/x @evil.com/x evil.com.", "_evil[.]com_ .evil[.]com/x @evil[.]com/x evil[.]com."),
        ("mailto:me@evil.com?body=pains", "mailto[:]me@evil[.]com?body=pains"),
        ("[x](javascript:alert(1)) javascript:alert(1)", "[x] (javascript[:]alert(1)) javascript[:]alert(1)"),
        ("[x](data:text/html,hi)", "[x] (data[:]text/html,hi)"),
        ("slack://open discord://-/channels", "slack[:]//open discord[:]//-/channels"),
        ("https&#58;//evil.com/x", "https[:]//evil[.]com/x"),
        ("https&colon;&sol;&sol;evil&period;com", "https[:]//evil[.]com"),
        ("https\\://evil\\.com/x", "https[:]//evil[.]com/x"),
        ("ht\u200btps://ev\u2060il.com", "https[:]//evil[.]com"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e[.]com"),
        ("https://еvil.com/%2e", "https[:]//еvil[.]com/%2e"),
        ("https://lidandjar.co.uk@evil.com", "https[:]//lidandjar[.]co[.]uk@evil[.]com"),
        ("https://lidandjar.co.uk\\@evil.com/", "https[:]//lidandjar[.]co[.]uk@evil[.]com/"),
        ("[https://lidandjar.co.uk](https://evil.com)", "[https://lidandjar.co.uk] (https[:]//evil[.]com)"),
        ("https://lidandjar.co.uk/pages/gift?x=1&d=pains", "https[:]//lidandjar[.]co[.]uk/pages/gift?x=1&d=pains"),
        ("pains.lidandjar.co.uk", "pains[.]lidandjar[.]co[.]uk"),
        ("[t](https://ok.example/a_(b)(c(d)))", "[t] (https://ok.example/a_(b)(c(d)))"),
        ("1https://localhost/x", "1https[:]//localhost/x"),
        ("hidden\U000e0041\U000e0042 tags", "hidden tags"),
    ],
)  # fmt: skip
def test_a_link_that_nobody_gave_is_plain_words(written: str, read: str) -> None:
    assert shown(written, Allowed(KNOWN)) == read


@pytest.mark.parametrize(
    "text",
    [
        "Sell it at lidandjar.co.uk, https://lidandjar.co.uk/ or www.lidandjar.co.uk.",
        "[Your page](https://lidandjar.co.uk/pages/gift?x=1), [the other](https://ok.example/a_(b) \"Other\").",
        "**https://lidandjar.co.uk** (hello@lidandjar.co.uk), <https://ok.example/a_(b)>",
        "Sentence one.Next one. Node.js, README.md, 3.5 %, e.g. this, U.S./UK, and/or, 10:30, Note:this, index.html#top",
        "| Day | What |\n|:---|---:|\n| 1 | Jar |\n\n```python\nx = d[1]: int\n```\n- [ ] a task & more; Q&A \\* not",
        "👩\u200d🍳 and می\u200cخواهم stay",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert shown(text, Allowed(KNOWN)) == text


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(st.integers(min_value=0, max_value=60), max_size=12))
def test_in_whatever_pieces_it_comes_the_same_goes_on(text: str, cuts: list[int]) -> None:
    links, places = Links(Allowed(KNOWN)), sorted({0, *cuts, len(text)} | {0})
    pieces = [text[one:other] for one, other in zip(places, [*places[1:], len(text)], strict=True)]
    assert "".join(links.fed(each) for each in pieces) + links.rest() == shown(text, Allowed(KNOWN))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_was_cleaned_is_clean(text: str) -> None:
    allowed = Allowed()
    once = shown(text, allowed)
    assert keys(once) == set()
    assert "](" not in once
    assert shown(once, allowed) == once


def test_words_go_on_at_once_and_only_a_link_waits() -> None:
    links = Links(Allowed(KNOWN))
    assert links.fed("A good ho") == "A good ho"
    assert links.fed("ok stops.") == "ok stops"
    assert links.fed(" See htt") == ". See htt"
    assert links.fed("ps://lidandjar.co.uk/pages") == "ps"
    assert links.fed("/gift?x=1 ") == "://lidandjar.co.uk/pages/gift?x=1 "
    assert links.rest() == ""


def test_what_is_learned_on_the_way_may_be_shown_but_not_what_the_agent_brought_itself() -> None:
    allowed = Allowed()
    allowed.learn("Kept: https://lidandjar.co.uk/a and https://evil.com/?d=1", without='{"text": "https://evil.com/?d=1"}')
    assert shown("https://lidandjar.co.uk/a", allowed) == "https://lidandjar.co.uk/a"
    assert shown("https://evil.com/?d=1", allowed) == "https[:]//evil[.]com/?d=1"


def test_the_names_of_cells_are_no_links_and_those_of_the_course_may_be_shown() -> None:
    cells = Cells(SHIPPED)
    assert [key for key in cells.by_key if shown(key, Allowed()) != key] == []
    assert shown("https://crockandclover.example/kit", Allowed(course=links_of(SHIPPED))) == "https://crockandclover.example/kit"


@pytest.mark.parametrize("sign", ["1.", "a.", "](", "&#", "\\", "ab://", "a@", "((", "aaaa"])
def test_it_takes_no_longer_than_the_text_is_long(sign: str) -> None:
    links, begun = Links(Allowed()), time.process_time()
    links.fed(sign * (100_000 // len(sign)))
    links.rest()
    assert time.process_time() - begun < 2.0
