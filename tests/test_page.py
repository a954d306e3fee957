"""The explorer as a reader meets it: a real browser against a real server over the bundled graph."""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from api.app import create_app
from tests.conftest import Graph, absent, embedded_only

# The page asks the API and nothing else, so one engine is enough here.
pytestmark = [
    pytest.mark.browser,
    embedded_only,
]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CCGIU = "#focus=unit/ccgiu&select=unit/ccgiu"
ASKED = "#q=which%20agencies%20support%20CCGIU"


@pytest.fixture(scope="module")
def server(graph: Graph) -> Iterator[str]:
    """Address of a served graph."""
    config = uvicorn.Config(create_app(graph.settings, graph.store), port=0, log_level="error")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not running.started and time.monotonic() < until:
        time.sleep(0.05)
    assert running.started, "the server does not start"
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        absent("there is no chromium to look at the page with")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Reader:
    """A page of the explorer, with what the browser complained about and whom it asked."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def open(self, fragment: str = "") -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.server}/{fragment}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has shown what it asked for."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("#stage")).to_have_attribute("aria-busy", "false")

    def node(self, id_: str) -> Locator:
        return self.page.locator(f'[data-node="{id_}"]')

    @property
    def nodes(self) -> list[str]:
        names: list[str] = self.page.eval_on_selector_all(
            "[data-node]", "nodes => nodes.map((node) => node.dataset.node)"
        )
        return names

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where the drawn entities are on the screen, in whole pixels."""
        found: dict[str, list[float]] = self.page.eval_on_selector_all(
            "[data-node]",
            """nodes => Object.fromEntries(nodes.map((node) => {
                 const { e, f } = node.getScreenCTM();
                 return [node.dataset.node, [Math.round(e), Math.round(f)]];
               }))""",
        )
        return {id_: (x, y) for id_, (x, y) in found.items()}

    def say(self, text: str) -> None:
        """Type into the box, wait for suggestions, press Enter."""
        box = self.page.get_by_role("combobox")
        box.fill(text)
        expect(self.page.get_by_role("option").first).to_be_visible()
        box.press("Enter")
        self.settle()


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Reader]:
    """A fresh reader. After the test: no complaint of the browser, no request but to the server."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    reader = Reader(context.new_page(), server)
    reader.page.set_default_timeout(10_000)
    reader.page.on("console", lambda message: reader.complaints.append(message.text))
    reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    context.on("request", lambda request: reader.hosts.add(urlsplit(request.url).netloc))
    yield reader
    context.close()
    assert reader.complaints == []
    assert reader.hosts <= {urlsplit(server).netloc, ""}


def test_a_newcomer_gets_examples_that_work(reader: Reader) -> None:
    reader.open()
    examples = [link.get_attribute("href") for link in reader.page.locator("#start a[href^='#']").all()]
    assert len(examples) >= 4
    for example in examples:
        reader.open(str(example))
        assert len(reader.nodes) > 4, example
        expect(reader.page.locator("#notice")).to_be_hidden()
        expect(reader.page.get_by_role("tabpanel")).not_to_be_empty()


def test_an_acronym_in_the_box_shows_the_entity(reader: Reader) -> None:
    reader.open()
    reader.say("ccgiu")
    assert "focus=unit/ccgiu" in reader.page.url
    expect(reader.node("unit/ccgiu")).to_have_attribute("aria-pressed", "true")
    expect(reader.page.locator("#details h2")).to_have_text("CARICOM Crime Gun Intelligence Unit")
    assert {"igo/impacs", "agency/atf"} <= set(reader.nodes)


def test_suggestions_say_type_and_reason_and_are_chosen_by_arrow(reader: Reader) -> None:
    reader.open()
    box = reader.page.get_by_role("combobox")
    box.fill("etr")
    option = reader.page.get_by_role("option").filter(has_text="eTrace").first
    expect(option).to_contain_text("Program")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = reader.page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    box.press("Escape")
    expect(reader.page.get_by_role("listbox")).to_be_hidden()
    assert reader.page.url.endswith("/")


def test_a_question_gives_the_answer_with_relation_and_place(reader: Reader) -> None:
    reader.open()
    reader.say("which agencies support CCGIU")
    answer = reader.page.locator("#answer")
    items = answer.locator(".answer")
    names = items.locator(".item").all_inner_texts()
    assert {"CARICOM Implementation Agency for Crime and Security",
            "Bureau of Alcohol, Tobacco, Firearms and Explosives"} <= {n.strip() for n in names}  # fmt: skip
    for item in items.all():
        assert re.search(r"established|cooperates with|supports", item.inner_text())
        expect(item.get_by_text(re.compile(r"characters \d+–\d+ of ")).first).to_be_attached()
        assert item.locator(".brief a").first.get_attribute("href")
    expect(answer).to_contain_text("Read as:")
    assert {"unit/ccgiu", "igo/impacs", "agency/atf", "agency/hsi"} <= set(reader.nodes)


def test_a_question_is_asked_again_of_another_time(reader: Reader) -> None:
    reader.open("#q=which%20countries%20are%20CBSI%20members")
    answers = reader.page.locator("#answer .answer")
    expect(answers).to_have_count(13)
    reader.page.get_by_text("Ask it of another time").click()
    reader.page.get_by_label("Known on").fill("2018")
    reader.page.locator(".clocks button").click()
    expect(reader.page.locator("#answer")).to_contain_text("no document that was read says anything about it")
    assert "known_on=2018" in reader.page.url
    reader.page.go_back()
    expect(answers).to_have_count(13)


def test_what_is_not_answered_is_told_with_questions_that_are(reader: Reader) -> None:
    reader.open("#q=how%20many%20zeppelins%20did%20ATF%20fly")
    expect(reader.page.locator("#answer")).to_contain_text("zeppelins")
    other = reader.page.locator("#answer .choices button").last
    words = other.inner_text()
    other.click()
    reader.settle()
    expect(reader.page.locator("#answer h2")).to_have_text(words)
    expect(reader.page.locator("#answer .answer").first).to_be_visible()


def test_a_second_click_adds_neighbours_and_moves_nothing(reader: Reader) -> None:
    reader.open(CCGIU)
    before = reader.places
    reader.node("agency/atf").locator(".shape").click()
    reader.settle()
    assert reader.places == before
    expect(reader.page.locator("#details h2")).to_contain_text("Bureau of Alcohol")
    reader.node("agency/atf").locator(".shape").click()
    reader.settle()
    after = reader.places
    assert len(after) > len(before)
    assert {id_: after[id_] for id_ in before} == before
    assert "program/etrace" in after


def test_a_double_click_opens_once(reader: Reader) -> None:
    reader.open(CCGIU)
    reader.node("agency/atf").locator(".shape").dblclick()
    reader.settle()
    assert reader.page.url.count("agency/atf") == 2, "opened once and selected"


def test_a_link_gives_the_same_picture_and_back_takes_back(reader: Reader) -> None:
    reader.open(CCGIU + "&expand=agency/atf")
    nodes, places = reader.nodes, reader.places
    reader.page.reload()
    reader.settle()
    assert (reader.nodes, reader.places) == (nodes, places)
    reader.node("agency/atf").press("h")
    reader.settle()
    assert set(nodes) - set(reader.nodes) == {"agency/atf"}
    reader.page.go_back()
    reader.settle()
    assert reader.nodes == nodes
    reader.page.go_forward()
    reader.settle()
    assert "agency/atf" not in reader.nodes


def test_back_from_an_answer_shows_what_was_there(reader: Reader) -> None:
    reader.open("#focus=program/etrace")
    expect(reader.page.get_by_role("tab", name="List")).to_have_attribute("aria-selected", "true")
    reader.say("which agencies support CCGIU")
    expect(reader.page.get_by_role("tab", name="Answer")).to_have_attribute("aria-selected", "true")
    reader.page.go_back()
    reader.settle()
    expect(reader.page.get_by_role("tab", name="Answer")).to_be_hidden()
    expect(reader.page.locator("#list table").first).to_be_visible()


def test_planned_acts_are_dashed(reader: Reader) -> None:
    reader.open("#focus=agency/atf")
    open_lines = reader.page.locator(".line.open")
    expect(open_lines.first).to_be_attached()
    dashes = open_lines.first.locator(".stroke").evaluate("line => getComputedStyle(line).strokeDasharray")
    assert dashes != "none"
    assert re.search("planned|expected|urged", str(open_lines.first.get_attribute("aria-label")))


def test_the_picture_works_by_keyboard(reader: Reader) -> None:
    reader.open(CCGIU)
    reader.node("unit/ccgiu").focus()
    reader.page.keyboard.press("ArrowRight")
    other = str(reader.page.evaluate("document.activeElement.dataset.node"))
    assert other != "unit/ccgiu"
    assert reader.places[other][0] > reader.places["unit/ccgiu"][0]
    reader.page.keyboard.press("Enter")
    reader.settle()
    expect(reader.node(other)).to_have_attribute("aria-pressed", "true")
    expect(reader.node(other)).to_be_focused()
    reader.page.keyboard.press("Tab")
    line = str(reader.page.evaluate("document.activeElement.dataset.line"))
    assert other in line.split("~")
    reader.page.keyboard.press("Shift+Tab")
    expect(reader.node(other)).to_be_focused()
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("ArrowRight")
    assert reader.page.evaluate("document.activeElement.dataset.line") != line
    reader.page.keyboard.press("Enter")
    reader.settle()
    expect(reader.page.locator("#details")).to_contain_text("Between")
    reader.page.keyboard.press("Escape")
    reader.settle()
    assert "select=" not in reader.page.url
    reader.page.keyboard.press("Tab")
    expect(reader.page.get_by_role("button", name="Nearer")).to_be_focused()


def test_the_list_has_what_the_picture_has(reader: Reader) -> None:
    reader.open(CCGIU)
    reader.page.get_by_role("tab", name="List").click()
    rows = reader.page.locator("#list table").first.locator("tbody tr")
    expect(rows).to_have_count(len(reader.nodes))
    lines = reader.page.locator("#list table").last.locator("tbody tr")
    expect(lines.filter(has_text="established")).to_have_count(1)
    lines.filter(has_text="established").get_by_role("button").click()
    reader.settle()
    expect(reader.page.locator("#details")).to_contain_text("characters")


def test_the_legend_leaves_types_out(reader: Reader) -> None:
    reader.open(CCGIU)
    topics = [id_ for id_ in reader.nodes if id_.startswith("topic/")]
    toggle = reader.page.locator("#legend").get_by_role("button", name="Topic")
    expect(toggle).to_contain_text(str(len(topics)))
    toggle.click()
    reader.settle()
    assert topics and not set(topics) & set(reader.nodes)
    expect(toggle).to_have_attribute("aria-pressed", "false")
    expect(toggle).to_be_focused()


def test_candidates_are_drawn_when_asked_for(reader: Reader) -> None:
    reader.open(CCGIU)
    expect(reader.page.locator(".line.candidate")).to_have_count(0)
    before = reader.places
    reader.page.get_by_label("waits for review").check()
    reader.settle()
    expect(reader.page.locator(".line.candidate").first).to_be_attached()
    assert {id_: reader.places[id_] for id_ in before} == before


def test_zoom_and_view_are_part_of_the_address(reader: Reader) -> None:
    reader.open(CCGIU)
    before = reader.places
    reader.page.get_by_role("button", name="Nearer").click()
    box = reader.page.locator("#picture").bounding_box()
    assert box is not None
    reader.page.mouse.move(box["x"] + 30, box["y"] + 60)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + 90, box["y"] + 100, steps=4)
    reader.page.mouse.up()
    after = reader.places
    assert after != before
    assert "at=" in reader.page.url
    reader.page.reload()
    reader.settle()
    apart = [abs(a - b) for id_ in after for a, b in zip(after[id_], reader.places[id_], strict=True)]
    assert max(apart) <= 2


def test_a_dragged_node_stays_where_it_was_put(reader: Reader) -> None:
    reader.open(CCGIU)
    x, y = reader.places["agency/hsi"]
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x + 40, y + 30, steps=4)
    reader.page.mouse.up()
    reader.settle()
    assert "fixed=agency/hsi" in reader.page.url
    moved = reader.places["agency/hsi"]
    assert abs(moved[0] - x - 40) <= 2 and abs(moved[1] - y - 30) <= 2
    expect(reader.page.locator("#details h2")).to_contain_text("CARICOM Crime Gun")


def test_errors_are_told_in_words(reader: Reader) -> None:
    reader.open("#focus=unit/nothing-like-it")
    expect(reader.page.get_by_role("alert")).to_contain_text("unit/nothing-like-it")
    # The browser itself notes every answer of 404.
    reader.complaints = [text for text in reader.complaints if "404" not in text]


def test_it_fits_a_telephone(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 360, "height": 740})
    for fragment in ("", CCGIU, ASKED):
        reader.open(fragment)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(reader.node("unit/ccgiu")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_light_and_dark(reader: Reader, scheme: str) -> None:
    reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    reader.open(CCGIU)
    for selector, behind in (("#picture .label", "html"), ("#details .kind", "aside"), ("#status", "html")):
        ink = _rgb(reader, selector, "fill" if "label" in selector else "color")
        assert _contrast(ink, _rgb(reader, behind, "background-color")) >= 4.5, selector
    shapes = {_rgb(reader, f"#picture .shape.t-{t}", "fill") for t in ("Agency", "Unit", "Topic", "Country")}
    assert len(shapes) == 4
    assert all(_contrast(colour, _rgb(reader, "html", "background-color")) >= 3 for colour in shapes)


def _rgb(reader: Reader, selector: str, name: str) -> tuple[int, int, int]:
    value = str(
        reader.page.locator(selector).first.evaluate(f"node => getComputedStyle(node)['{name}']"),
    )
    red, green, blue = (int(part) for part in re.findall(r"\d+", value)[:3])
    return red, green, blue


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Contrast ratio of two colours as WCAG defines it."""

    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
