"""The repository keeps its own rules: those of STYLE and layout that no other tool checks."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "conversations", "journey", "locales", "renderers", "sandbox", "storage")

LONGEST = 400
LONGER: dict[str, str] = {}
"""Files that may be longer, with the reason."""

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "misc"}

INDONESIAN = re.compile(
    r"\b(yang|kamu|kak|kakak|tahap|belum|sudah|nggak|tidak|pelanggan|dengan|untuk|buat|mau|bisa|ini|itu)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
SPOKEN: dict[str, str] = {"journey/dates.py": "words by which owners name a day, read and never said"}
"""Files in which Indonesian strings are no sentences for owners, with the reason."""


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def targets() -> list[str]:
    return re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def is_log_line(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in {"logger", "log"}
    )


def spoken_strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the strings below a node, leaving out docstrings and the words of errors and log lines."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise | ast.Assert):
            continue
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and is_log_line(child):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.lineno, child.value
        yield from spoken_strings(child)


def sentences(source: str) -> list[str]:
    return [
        f"{line}: {text}"
        for line, text in spoken_strings(ast.parse(source))
        if len(text.split()) >= FEWEST_WORDS and INDONESIAN.search(text)
    ]


def test_no_file_outgrows_a_reader() -> None:
    """A module that got too long is cut in two, or says here why it isn't."""
    lengths = {
        place(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*ROOMS, "tests")
    }

    too_long = {name for name, lines in lengths.items() if lines > LONGEST}

    assert too_long == set(LONGER)


def test_every_module_is_named_for_what_it_holds() -> None:
    """A name that fits everything attracts everything."""
    paths = python_files(*ROOMS, "tests")

    empty = [place(path) for path in paths if {path.stem, path.parent.name} & EMPTY_NAMES]

    assert empty == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_server(lock: str) -> None:
    """Packages are pinned by version and hash; where they come from is the installer's business."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    foreign = [line for line in lines if "://" in line or line.startswith("--")]
    unpinned = [line for line in lines if line and not line.startswith(" ") and "==" not in line]

    assert (foreign, unpinned) == ([], [])


def test_the_runtime_lock_is_part_of_the_development_lock() -> None:
    """The tests run with the versions that the bot runs with."""
    runtime, development = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime - development == set()


def test_the_map_needs_the_standard_library_only() -> None:
    """What a map is stays usable without anything installed."""
    allowed = sys.stdlib_module_names | {"journey"}

    foreign = {
        (place(path), name)
        for path in python_files("journey")
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name not in allowed
    }

    assert foreign == set()


def test_the_inner_rooms_never_look_at_the_clock_or_a_file() -> None:
    """Times and contents are handed in; ``datetime`` is a type here, not a clock."""
    reaching = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|(?<![.\w])open|input)\(")

    found = [
        (place(path), line)
        for path in python_files("journey", "conversations")
        for line in path.read_text(encoding="utf-8").splitlines()
        if reaching.search(line)
    ]

    assert found == []


def test_the_readme_names_every_target() -> None:
    """Whoever reads the README knows what make can do."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    missing = [target for target in targets() if f"make {target}" not in readme]

    assert len(targets()) > 0
    assert missing == []


def test_the_readme_names_every_setting() -> None:
    """The table of settings is as complete as .env.example."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    missing = [
        name for name in re.findall(r"^([A-Z_]+)=", example, re.MULTILINE) if f"`{name}`" not in readme
    ]

    assert missing == []


def test_every_decision_tells_what_else_was_possible() -> None:
    """A decision without its context and alternatives can't be revised."""
    headings = ["Context", "Decision", "Alternatives", "Consequences"]
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    found = {
        page.name: re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) for page in pages
    }

    assert len(found) > 0
    assert {name: titles for name, titles in found.items() if titles != headings} == {}


def test_decisions_are_numbered_without_a_gap() -> None:
    """Nothing that was decided disappears; it is replaced by a later page."""
    numbers = [int(page.name[:4]) for page in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]), ids=place)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A page of the repository that another one points at exists."""
    targets_of_links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    broken = [
        target
        for target in targets_of_links
        if not (page.parent / target).exists() and "docs/images/" not in target
    ]

    assert broken == []


def test_no_sentence_for_owners_is_in_python() -> None:
    """What owners read is in locales/ and journey/knowledge/, where it can be translated."""
    paths = python_files("bot", "conversations", "journey", "locales", "renderers", "storage")

    spoken = {
        place(path): found
        for path in paths
        if place(path) not in SPOKEN and (found := sentences(path.read_text(encoding="utf-8")))
    }

    assert spoken == {}


def test_a_sentence_in_python_would_be_found() -> None:
    """The search above sees arguments and f-strings, and passes by what only developers read."""
    source = '''
"""Halo Kak, ini peta yang belum selesai."""
logger.info("tahap ini belum selesai")
reply("Halo Kak, mau lanjut?")
reply(f"Tahap {number} belum diisi ya")
raise ValueError("tahap ini belum ada")
'''

    assert sentences(source) == ["4: Halo Kak, mau lanjut?", "5:  belum diisi ya"]
