"""``python -m tests.bench [--room ROOM]``: print a line per figure and write them to ``bench.json``."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench import drawing, interview, matching, storing, turning, understanding
from tests.bench.measuring import Figure

PEERS = (
    "The pictures are compared with Chromium's and mermaid's where these are installed; MERMAID is the "
    "folder of the npm package or the node_modules that holds it."
)
RESULT = Path(__file__).resolve().parents[2] / "bench.json"
ROOMS: Mapping[str, Callable[[], list[Figure]]] = {
    "bot": turning.measure,
    "conversations": interview.measure,
    "journey": lambda: [*matching.measure(), *understanding.measure()],
    "renderers": drawing.measure,
    "storage": storing.measure,
}


def main() -> int:
    """Measure, and return 1 when a figure falls short of its bound."""
    parser = argparse.ArgumentParser(prog="tests.bench", epilog=PEERS)
    parser.add_argument("--room", choices=ROOMS)
    chosen = parser.parse_args().room
    figures: list[Figure] = []
    for room, measure in ROOMS.items():
        if chosen in {None, room}:
            for figure in measure():
                figures.append(figure)
                _show(figure)
    rows = [
        {
            "name": figure.name,
            "value": round(figure.value, 4),
            "bound": figure.bound,
            "ok": figure.ok,
            "unit": figure.unit,
        }
        for figure in figures
    ]
    RESULT.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0 if all(figure.ok for figure in figures) else 1


def _show(figure: Figure) -> None:
    bound = "-" if figure.bound is None else f"{figure.bound:g}"
    print(f"{figure.name} {figure.value:.4g} {bound} {'ok' if figure.ok else 'short'}", flush=True)  # noqa: T201  what it is for


if __name__ == "__main__":
    sys.exit(main())
