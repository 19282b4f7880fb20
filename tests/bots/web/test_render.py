"""Every form and every element as HTML: whole, escaped, and read back as it was meant."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from bots.web import fields
from bots.web.prose import prose
from bots.web.render import Drawing
from bots.web.ways import Ways, read
from core.plans import Plan, Step
from core.request import File, Typed
from core.ui import (
    Band,
    Button,
    Buttons,
    Call,
    Card,
    Chart,
    Element,
    Facts,
    Feedback,
    Field,
    Form,
    Kind,
    Link,
    Mark,
    Menu,
    Message,
    Meter,
    Option,
    Page,
    Picture,
    Series,
    Speaker,
    Table,
    Text,
    Tone,
)
from tests.bots.product_forms import every_form
from tests.bots.web.dashboards import NORA, Served

EVIL = '<script>alert("x")</script>\'&'
CALL = Call("module show", {"module": EVIL})
ELEMENTS: dict[str, Element] = {
    "text": Text(EVIL),
    "facts": Facts(((EVIL, EVIL),)),
    "table": Table((EVIL, "n"), ((EVIL, "1"),), EVIL, frozenset({1})),
    "meter": Meter(EVIL, 1, 0),
    "chart": Chart("line", EVIL, EVIL, (Series(EVIL, ((EVIL, 1.5), ("b", None))),), Band(1, None, EVIL), (Mark(EVIL, EVIL),)),
    "picture": Picture(EVIL, File("a.png", "image/png", b"1")),
    "picture elsewhere": Picture(EVIL, File("a.png", "image/png", source="x")),
    "buttons": Buttons((Button(EVIL, CALL), Link(EVIL, "https://example.org/"), Button(EVIL, Call("run", {"code": EVIL})))),
    "menu": Menu(EVIL, (Button(EVIL, CALL),)),
    "feedback": Feedback(CALL, CALL),
    "plan": Plan((Step("a", EVIL, "waiting"), Step("b", "b", "failed"))),
}


class Read(HTMLParser):
    """Elements with what they hold, and what a browser would send of the inputs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.sent: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._area: tuple[str, list[str]] | None = None
        self._select = ""
        self.feed(text)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.names.append(tag)
        self.attributes.append(given)
        if tag not in {"input", "img", "br", "hr"}:
            self._open.append(tag)
        name = given.get("name") or ""
        match tag:
            case "input" if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.sent.append((name, given.get("value") or ""))
            case "textarea":
                self._area = (name, [])
            case "select":
                self._select = name
            case "option" if "selected" in given:
                self.sent.append((self._select, given.get("value") or ""))
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "textarea" and self._area:
            self.sent.append((self._area[0], "".join(self._area[1]).removeprefix("\n")))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)


@pytest.fixture
def drawing(dashboard: Served) -> Drawing:
    """What draws for somebody."""
    return Drawing(Ways(dashboard.program.app.catalog, "", "token", "/"))


async def test_every_form_of_the_product_is_sent_back_as_it_was_filled(dashboard: Served, drawing: Drawing) -> None:
    count = 0
    async for form in every_form(dashboard.program, NORA):
        drawn = Read(fields.drawn(form, drawing.ways))
        back = read(drawn.sent)
        for name, value in form.values.items():
            known = next((each for each in form.fields if each.name == name), None)
            if known is None or known.kind in {Kind.LINE, Kind.LONG, Kind.NUMBER, Kind.DATE}:
                assert back[name] == value, (form.command, name)
        said = {each["id"] for each in drawn.attributes if each.get("id")}
        assert all(each["for"] in said for each in drawn.attributes if each.get("for")), form.command
        assert all(one in said for each in drawn.attributes for one in (each.get("aria-describedby") or "").split())
        assert len(said) == sum(1 for each in drawn.attributes if each.get("id")), "no id stands there twice"
        count += 1
    assert count > 60


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_question_keeps_its_value_and_tells_what_is_wrong(drawing: Drawing, kind: Kind) -> None:
    options = tuple(Option(f"v{number}", f"L{number}") for number in range(7))
    field = Field("a.b", "Label", kind, "A hint", required=False, options=options if "choice" in kind else ())
    values: dict[Kind, Typed] = {
        Kind.LIST: "one\ntwo & <three>",
        Kind.CHOICE: "v3",
        Kind.CHOICES: ("v1", "v2"),
        Kind.YES_NO: "yes",
        Kind.DATE: "2026-04-01",
        Kind.LONG: "\n\nbegins late",
    }
    value = values.get(kind, '5 "<&')
    known: dict[str, Typed] = {"a.b": value, "hid": ("x", "y"), "none": ()}
    form = Form("run", "Title", (field,), known, {"a.b": EVIL, "gone": "Odd"})
    drawn = Read(fields.drawn(form, drawing.ways))
    assert read(drawn.sent) == known
    assert any(each.get("aria-invalid") == "true" for each in drawn.attributes)
    assert "script" not in drawn.names


@pytest.mark.parametrize("element", ELEMENTS.values(), ids=list(ELEMENTS))
def test_every_element_is_whole_and_escaped(drawing: Drawing, element: Element) -> None:
    message = Message(
        "Hello", (Card(EVIL, (element,), Tone.CAREFUL),), (File("a.csv", "text/csv", b"a"),), speaker=Speaker(EVIL, "sage")
    )
    for drawn in (drawing.answer(message), drawing.answer(Page(EVIL, message.cards))):
        found = Read(drawn)
        assert "script" not in found.names
        assert not [each for each in found.attributes if any(name.startswith("on") or name == "style" for name in each)]


def test_what_reads_is_a_link_and_what_does_is_a_form(drawing: Drawing) -> None:
    reads = drawing.ways.pressed(Button("Open", Call("module show", {"module": "1"})))
    assert reads == '<a class="button" href="/do/module/show?v%3Amodule=1&amp;_back=%2F">Open</a>'
    does = Read(drawing.ways.pressed(Button("Start", Call("module start", {"module": "1"}), primary=True)))
    assert does.names[0] == "form"
    assert read(does.sent) == {"module": "1"}
    assert drawing.ways.pressed(Button("Home", Call("home"))) == '<a class="button" href="/">Home</a>'


def test_the_names_in_a_list_lead_to_what_they_are_about(drawing: Drawing) -> None:
    rows = Facts((("● Nora, 20 Nov", "“When?”"), ("Ben, 21 Nov", "“Why?”")))
    opens = Menu(
        "Open one", tuple(Button(name, Call("person open", {"exchange": name})) for name in ("Nora: When?", "Ben: Why?"))
    )
    sort = Menu("Sorted by: name", tuple(Button(each, Call("person show", {"order": each})) for each in ("Latest", "Oldest")))
    drawn = drawing.card(Card("Asked", (rows, opens, sort)))
    assert '<dt><a href="/do/person/open?v%3Aexchange=Ben%3A+Why%3F&amp;_back=%2F">Ben, 21 Nov</a></dt>' in drawn
    assert ("Open one" in drawn, "Sorted by" in drawn) == (False, True)
    does = Menu("Close one", tuple(Button(name, Call("person close", {"exchange": name})) for name in ("Nora", "Ben")))
    assert "Close one" in drawing.card(Card("Asked", (rows, does))), "a link does nothing by itself"


def test_the_other_pages_of_a_list_lead_back_to_where_the_first_was_opened(drawing: Drawing) -> None:
    ways = drawing.ways.back_to("/settings").on("me looks", "/do/me/looks?_back=%2Fsettings")
    assert 'href="/do/me/looks?v%3Apage=2&amp;_back=%2Fsettings"' in ways.press("Next", "me looks", {"page": "2"})
    assert "_back=%2Fdo%2Fme%2Flooks" in ways.press("Find", "me looks", form=True)
    assert "_back=%2Fdo%2Fme%2Flooks" in ways.press("What they may see", "nudges show")


def test_a_name_from_the_right_moves_nothing_that_stands_beside_it(drawing: Drawing) -> None:
    facts = drawing.element(Facts((("ליאור כהן, 23 Nov, 09:30", "“מה? 49€?” (waits for a coach)"),)))
    assert "<dt><bdi>ליאור כהן</bdi>, 23 Nov, 09:30</dt>" in facts
    assert "<dd>“<bdi>מה? 49€?</bdi>” (waits for a coach)</dd>" in facts
    assert "<bdi>محمد عبد</bdi>: &lt;b&gt;" in drawing.ways.press("محمد عبد: <b>", "me show")


def test_a_button_is_one_text_whatever_letters_it_has(drawing: Drawing) -> None:
    drawn = drawing.ways.pressed(Button("Back to ליאור כהן", Call("home")))
    assert drawn == '<a class="button" href="/"><span>Back to <bdi>ליאור כהן</bdi></span></a>'


def test_rows_of_many_columns_stand_apart_on_a_phone_and_say_what_each_value_is(drawing: Drawing) -> None:
    wide = drawing.element(
        Table(("Asset", "Live", "Figure", "Before and after", "Verdict"), (("Hooks", "1 Nov", "CTR", "", "Up"),))
    )
    assert '<td role="cell" data-label="Verdict">Up</td>' in wide
    assert '<td role="cell" data-label="Before and after"></td>' in wide, "the style sheet leaves that line away"
    assert "data-label" not in drawing.element(Table(("Figure", "Value", "Status", "Change"), (("CTR", "1%", "Fair", "+1%"),)))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>"),
        ("[a](//evil.example)", "<p>[a](//evil.example)</p>"),
        ('[a](https://e.org/?q=1&r="2)', None),
        ("![p](https://e.org/p.png)", "<p>p</p>"),
        ("<b onclick=x>bold</b>", "<p>&lt;b onclick=x&gt;bold&lt;/b&gt;</p>"),
        ("# One\n\ntwo", "<h3>One</h3>\n<p>two</p>"),
        ("1. [x] done\n2. [ ] open", None),
    ],
)
def test_markdown_brings_no_markup_of_its_own(markdown: str, html: str | None) -> None:
    drawn = prose(markdown)
    assert isinstance(drawn, Markup)
    assert html is None or drawn.strip() == html
    found = Read(drawn)
    assert {"script", "img"}.isdisjoint(found.names)
    assert all((each.get("href") or "https://").startswith("https://") for each in found.attributes)


def test_a_command_that_a_text_names_is_a_link_to_it(drawing: Drawing) -> None:
    text = "Send /kpi log, `/module 3` or /foundation. Not a/kpi, /nothing, https://e.org/kpi or [/kpi](https://e.org/)."
    drawn = drawing.ways.prose(text)
    assert [each["href"] for each in Read(drawn).attributes if "href" in each] == [
        "/do/kpi/log", "/do/module", "/do/foundation", "https://e.org/"
    ]  # fmt: skip
    assert '<a href="/do/kpi/log">/kpi log</a>' in drawn
    assert '<a href="/do/module"><code>/module 3</code></a>' in drawn
