"""Where an owner may be when a test of properties begins, so that the late screens are reached often."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from conversations.commands import Command
from journey.presets import Preset
from tests.conversations.away import coming_back
from tests.conversations.editing import editing
from tests.conversations.monthly import who_checks
from tests.conversations.owner import Owner
from tests.conversations.planning import planning
from tests.conversations.proving import proving
from tests.conversations.silence import who_deleted
from tests.conversations.visiting import at_a_link
from tests.conversations.waiting import who_wants


def _finished_then(option: str, preset: Preset) -> Owner:
    del preset
    owner = Owner.finished()
    owner.chooses(option)
    return owner


def _reviewing_then(option: str, preset: Preset) -> Owner:
    owner = Owner.at_review(preset)
    owner.chooses(option)
    return owner


def _versions(preset: Preset) -> Owner:
    del preset
    owner = Owner.with_versions(3)
    owner.chooses("compare")
    return owner


def _tip(preset: Preset) -> Owner:
    owner = Owner.at_review(preset)
    owner.commands(Command.TIPS)
    owner.chooses(owner.offered[0])
    return owner


def _words(preset: Preset) -> Owner:
    del preset
    owner = Owner.with_pains("bu rini bilang qwertyuiop zxcvbn")
    owner.chooses("tips")
    return owner


def _import(preset: Preset) -> Owner:
    owner = Owner.at_review(preset)
    owner.hands_in(replace(owner.the_map, id="theirs"))
    return owner


def _numbers(preset: Preset) -> Owner:
    owner = Owner.at_stages("full", preset)
    owner.types("bales 081234567890, 085712345678")
    return owner


def _who_checks(place: str, preset: Preset) -> Owner:
    del preset
    return who_checks(place)


STARTS: Mapping[str, Callable[[Preset], Owner]] = {
    "new": lambda _: Owner(),
    "quick": partial(Owner.at_stages, "quick"),
    "full": partial(Owner.at_stages, "full"),
    "review": Owner.at_review,
    "finished": lambda _: Owner.finished(),
    "shapes": partial(_finished_then, "shapes"),
    "health": partial(_finished_then, "health"),
    "tips": partial(_finished_then, "tips"),
    "sick": Owner.sick,
    "versions": _versions,
    "tip": _tip,
    "words": _words,
    "exports": partial(_reviewing_then, "exports"),
    "drafts": partial(_reviewing_then, "drafts"),
    "import": _import,
    **{place: partial(editing, place) for place in ("entry", "moving", "stages", "maps")},
    "link": lambda _: at_a_link(),
    **{place: partial(proving, place) for place in ("sent", "proven")},
    "seasons": lambda _: who_wants("2026-12-01")[0],
    **{place: partial(coming_back, place) for place in ("reminded", "reminders")},
    **{place: partial(planning, place) for place in ("own", "day", "due", "outcome", "felt")},
    **{place: partial(_who_checks, place) for place in ("checkin", "complaint", "invited")},
    "left": lambda _: who_deleted("erase_all"),
    "deleted": lambda _: who_deleted("erase_map"),
    "numbers": _numbers,
}
"""Every place by its name; some begin with the stages of a preset."""
