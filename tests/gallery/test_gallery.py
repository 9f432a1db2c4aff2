"""What hangs in the gallery can be hung, and is found on its page."""

import re
from pathlib import Path

import pytest

from journey.document import dump_map, read_map
from journey.model import Business, Status
from tests.gallery.__main__ import main
from tests.gallery.maps import exhibits
from tests.gallery.trades import TRADES, filled


@pytest.mark.parametrize("name", exhibits())
def test_every_exhibit_is_a_legal_map(name: str) -> None:
    """A picture of a map that nobody can have proves nothing."""
    shown = exhibits()[name]().journey_map

    assert read_map(dump_map(shown)) == shown


def test_every_trade_has_a_shop() -> None:
    """A new line of business gets a map to look at."""
    assert {trade.business for trade in TRADES} == set(Business)


def test_a_shop_is_told_as_its_owner_told_it() -> None:
    """The interview is answered to its end, typed words and customers' words included."""
    trade = TRADES[0]
    found = filled(trade)

    assert (found.status, found.shop.name, found.preset) == (Status.FINISHED, trade.shop, trade.preset)
    assert "Kuahnya tumpah sampai nasinya lembek" in [entry.text for entry in found.stages[3].pains]
    assert all(stage.feelings and stage.pains and stage.touchpoints for stage in found.stages)


def test_the_page_shows_every_picture(tmp_path: Path) -> None:
    """The whole folder can be moved: all addresses are relative and lead to a file."""
    assert main(["one-stage", "--workers", "1"], folder=tmp_path) == 0

    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'src="([^"]+)"', page))
    assert shown == {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.jpg")}
    assert "Waktu paket datang" in page


def test_an_unknown_exhibit_is_refused(tmp_path: Path) -> None:
    """A misspelled name doesn't empty the folder."""
    (tmp_path / "kept").touch()

    with pytest.raises(SystemExit):
        main(["cofee"], folder=tmp_path)

    assert (tmp_path / "kept").exists()
