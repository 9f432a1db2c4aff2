"""Others that draw the same map: a web page, and mermaid's ``journey``, each in a warm Chromium of its own.

Both need Chromium where Debian puts it. mermaid is looked for where ``MERMAID`` points (a ``node_modules``
folder or the package itself), then in ``node_modules`` of the checkout, then among npm's global packages.
"""

import itertools
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Page, Playwright, ViewportSize, sync_playwright

from journey.model import JourneyMap
from renderers.theme import LIGHT
from renderers.typefaces import SHIPPED
from renderers.words import PictureWords
from tests.bench.children import ROOT
from tests.bench.measuring import Variant, note
from tests.bench.neighbours import tree_seconds

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_NAME, MERMAID_NAME = "chromium", "mermaid"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
_VIEW = ViewportSize(width=1600, height=1180)
_PIXELS = 2560
_GLOBAL = (Path("/usr/lib/node_modules"), Path("/usr/local/lib/node_modules"))
_SCRIPT = Path("dist/mermaid.min.js")
_FONTS = (
    ("Medium", 500, "normal"),
    ("MediumItalic", 500, "italic"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
    ("ExtraBold", 800, "normal"),
)
_DRAW_MERMAID = """async ([source, id, width]) => {
    document.body.innerHTML = (await mermaid.render(id, source)).svg;
    const picture = document.querySelector("svg");
    picture.style.maxWidth = "none";
    picture.setAttribute("width", width);
}"""


@contextmanager
def peers(journey_map: JourneyMap, words: PictureWords) -> Iterator[Mapping[str, Variant]]:
    """Start the peers that this machine has; their clocks count the whole browser."""
    if not CHROMIUM.exists():
        note(f"chromium and mermaid not measured: no {CHROMIUM}")
        yield {}
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        found = {CHROMIUM_NAME: _web_page(stack, playwright, folder, page_of(journey_map, words))}
        script = mermaid_script()
        if script is None:
            note("mermaid not measured: the npm package is not installed, or MERMAID doesn't point at it")
        else:
            found[MERMAID_NAME] = _mermaid(stack, playwright, script, mermaid_of(journey_map))
        yield found


def mermaid_script() -> Path | None:
    """Return mermaid's script for browsers, or None when the package isn't there."""
    told = os.environ.get("MERMAID")
    for place in (*([Path(told)] if told else []), ROOT / "node_modules", *_GLOBAL):
        for package in (place, place / "mermaid"):
            if (package / _SCRIPT).is_file():
                return package / _SCRIPT
    return None


def page_of(journey_map: JourneyMap, words: PictureWords) -> str:
    """Return the map as a web page that the browser lays out by itself."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template("map.html.j2").render(
        map=journey_map,
        words=words,
        theme=LIGHT,
        fonts=_FONTS,
        folder=SHIPPED.as_uri(),
        curve=_curve(journey_map),
    )


def mermaid_of(journey_map: JourneyMap) -> str:
    """Return the map in mermaid's language, which knows tasks only: each entry becomes one."""
    lines = ["journey", f"    title {journey_map.title}"]
    for stage in journey_map.stages:
        score = stage.feelings[0].score if stage.feelings else 3
        actors = ", ".join(entry.text for entry in stage.touchpoints)
        lines.append(f"    section {stage.name}")
        lines += [
            f"      {entry.text.replace(':', ' ')}: {score}: {actors}"
            for entry in (*stage.actions, *stage.thoughts, *stage.pains, *stage.opportunities)
        ]
    return "\n".join(lines)


def _curve(journey_map: JourneyMap) -> Mapping[str, object]:
    width, height = 1360, 286
    column = width / max(1, len(journey_map.stages))
    points = [
        {
            "x": round((place + 0.5) * column, 1),
            "y": 216 - 40 * (feeling.score - 1),
            "smile": 6 * (feeling.score - 3),
            "colour": LIGHT.feeling(feeling.score),
            "label": feeling.text,
        }
        for place, stage in enumerate(journey_map.stages)
        for feeling in stage.feelings[:1]
    ]
    places = [(float(str(point["x"])), float(str(point["y"]))) for point in points]
    path = f"M {places[0][0]} {places[0][1]}" if places else ""
    for (x, y), (right, down) in pairwise(places):
        middle = (x + right) / 2
        path += f" C {middle} {y} {middle} {down} {right} {down}"
    return {"width": width, "height": height, "path": path, "points": points}


def _web_page(stack: ExitStack, playwright: Playwright, folder: Path, page: str) -> Variant:
    opened, process = _opened(stack, playwright)
    start = folder / "map.html"
    start.write_text(page, encoding="utf-8")
    opened.goto(start.as_uri())  # from a file, fonts in other files may be loaded

    def draw() -> None:
        opened.set_content(page)
        opened.evaluate("document.fonts.ready")
        opened.screenshot(full_page=True)

    return Variant(draw, partial(tree_seconds, process))


def _mermaid(stack: ExitStack, playwright: Playwright, script: Path, source: str) -> Variant:
    opened, process = _opened(stack, playwright)
    opened.set_content("<!doctype html><body></body>")
    opened.add_script_tag(path=script)
    opened.evaluate("mermaid.initialize({startOnLoad: false})")
    numbers = itertools.count()

    def draw() -> None:
        opened.evaluate(_DRAW_MERMAID, [source, f"journey{next(numbers)}", _VIEW["width"]])
        opened.locator("svg").first.screenshot()

    return Variant(draw, partial(tree_seconds, process))


def _opened(stack: ExitStack, playwright: Playwright) -> tuple[Page, psutil.Process]:
    """Start one more Chromium: return its only page, and the process that all its others come from."""
    before = set(psutil.Process().children(recursive=True))
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
    stack.callback(browser.close)
    page = browser.new_page(viewport=_VIEW, device_scale_factor=_PIXELS / _VIEW["width"])
    started = set(psutil.Process().children(recursive=True)) - before
    return page, next(process for process in started if process.parent() not in started)
