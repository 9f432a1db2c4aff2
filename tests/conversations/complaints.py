"""Complaints that owners type: from their own side, understood, unclear, and about nothing we know."""

from dataclasses import replace

from journey.model import Element, Entry
from tests.content import the_interview
from tests.conversations.owner import Owner

OWN_SIDE = "pembeli nggak baca deskripsi"
OWN_SIDE_TOO = "saingan banting harga"
THEIR_SIDE = "harganya nggak jelas di postingan"
CLEAR = "adminnya jutek banget"
NONSENSE = "warnanya"
_VAGUE = (
    *("ribet", "kurang lengkap", "nunggu terus", "bingung pilih", "takut", "jauh", "gelap tokonya"),
    *("pelayanan kurang", "parkir susah", "repot bayarnya", "mahal", "susah"),
)


def _unclear() -> list[str]:
    """Return what the matcher isn't sure of at the first stage, whatever touchpoints are known there.

    Weights that are learned anew are surer of some: those are passed over.
    """
    journey_map = Owner.at_review().the_map
    known = journey_map.stages[0]
    bare = known.with_entries(Element.TOUCHPOINTS, ())
    shelf = the_interview().shelf
    return [
        text
        for text in _VAGUE
        if all(shelf.doubts(journey_map, replace(stage, pains=()), Entry(text)) for stage in (known, bare))
    ]


VAGUE, VAGUER, VAGUEST, VAGUE_TOO, *_ = _unclear()
