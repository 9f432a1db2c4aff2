"""``python -m tests.gallery [NAME …]``: draw every exhibit into ``build/gallery/`` and say where to look."""

import argparse
import functools
import multiprocessing
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.gallery.drawing import Hung, hang
from tests.gallery.maps import exhibits
from tests.gallery.page import page

FOLDER = Path(__file__).resolve().parents[2] / "build" / "gallery"


def main(arguments: Sequence[str] | None = None, folder: Path = FOLDER) -> int:
    """Draw the exhibits named, all of them without a name."""
    parser = argparse.ArgumentParser(prog="tests.gallery")
    parser.add_argument("name", nargs="*", metavar="NAME", help=", ".join(exhibits()))
    parser.add_argument("--workers", type=int, help="how many processes draw; all processors by default")
    parsed = parser.parse_args(arguments)
    unknown = set(parsed.name) - set(exhibits())
    if unknown:
        parser.error(f"no such exhibit: {', '.join(sorted(unknown))}")
    names = [name for name in exhibits() if not parsed.name or name in parsed.name]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    hung = _drawn(names, folder, parsed.workers)
    index = folder / "index.html"
    index.write_text(page(hung), encoding="utf-8")
    _say(str(index))
    return 0


def _drawn(names: Sequence[str], folder: Path, workers: int | None) -> list[Hung]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
        found = []
        for one in pool.map(functools.partial(hang, folder=folder), names):
            _say(f"{one.name}: {sum(len(row.pictures) for row in one.rows)} pictures")
            found.append(one)
        return found


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  what it is for


if __name__ == "__main__":
    sys.exit(main())
