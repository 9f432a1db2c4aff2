"""Two versions of a map side by side: which complaints are solved, which are new, which are still there."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeVar

from journey.model import Element, Entry, JourneyMap, PersonaField, PlanState, Stage
from journey.wording import plain, respelled

NEAR = 0.8
"""A sentence that shares more of its words than this with an earlier one is the same, slightly changed."""
CONTAINED = 0.5
"""The same where one of the two only has further words: at least this, and at least two words in common."""
_LEAST_SHARED = 2

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lasting:
    """A complaint of both versions; ``nearness`` is 1.0 for equal words, less for a changed sentence."""

    before: Entry
    after: Entry
    nearness: float = 1.0


@dataclass(frozen=True, slots=True)
class StageChange:
    """A stage in both versions; None where it wasn't there yet or is there no more.

    A complaint that moved here from another stage is ``still`` there.
    """

    before: Stage | None
    after: Stage | None
    solved: tuple[Entry, ...] = ()
    new: tuple[Entry, ...] = ()
    still: tuple[Lasting, ...] = ()

    @property
    def name(self) -> str:
        """What the stage is called now, or was called last."""
        known = self.after or self.before
        return known.name if known else ""

    @property
    def rise(self) -> float | None:
        """By how much the feeling curve rose here, below zero where it fell; None where it isn't known."""
        before, after = (stage.score if stage else None for stage in (self.before, self.after))
        return None if before is None or after is None else after - before

    @property
    def is_renamed(self) -> bool:
        """Whether the owner calls it otherwise now; a translated preset is no new name."""
        return self.before is not None and self.after is not None and not _same_name(self.before, self.after)

    @property
    def has_news(self) -> bool:
        """Whether anything of it changed."""
        whole = self.before is not None and self.after is not None
        return bool(not whole or self.is_renamed or self.solved or self.new or self.feels_otherwise)

    @property
    def feels_otherwise(self) -> bool:
        """Whether customers feel otherwise here than before."""
        before, after = (_feelings(stage) if stage else () for stage in (self.before, self.after))
        return before != after


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version of a map to another.

    ``stages`` are in the order of the later version, those removed behind them; ``done`` are the suggestions
    carried out since, as the owner read them.
    """

    stages: tuple[StageChange, ...]
    done: tuple[str, ...] = ()

    @property
    def solved(self) -> tuple[tuple[StageChange, Entry], ...]:
        """Every complaint that is there no more, with its stage."""
        return tuple((change, entry) for change in self.stages for entry in change.solved)

    @property
    def new(self) -> tuple[tuple[StageChange, Entry], ...]:
        """Every complaint that wasn't there before, with its stage."""
        return tuple((change, entry) for change in self.stages for entry in change.new)

    @property
    def still(self) -> tuple[tuple[StageChange, Entry], ...]:
        """Every complaint of both versions in its later words, with its stage."""
        return tuple((change, lasting.after) for change in self.stages for lasting in change.still)

    @property
    def has_news(self) -> bool:
        """Whether anything changed in stages, feelings and complaints, or was carried out."""
        return bool(self.done) or any(change.has_news for change in self.stages)


def compare(before: JourneyMap, after: JourneyMap) -> Comparison:
    """Return what changed between two versions of a map.

    A stage is found again by its id with its name, by its name, by its id with its phase, else by its phase;
    a complaint by its chip, its words, or most of them, in its own stage or literally in another.
    """
    keys = (_id_and_name, _name, _id_and_phase, _phase)
    pairs = _paired(before.stages, after.stages, keys)
    earlier = {later: first for first, later in pairs}
    met = {first for first, _ in pairs}
    changes = [
        _change(before.stages[earlier[place]] if place in earlier else None, stage)
        for place, stage in enumerate(after.stages)
    ]
    changes += [_change(stage, None) for place, stage in enumerate(before.stages) if place not in met]
    return Comparison(_with_moved(changes), _done(before, after))


def says_the_same(before: JourneyMap, after: JourneyMap) -> bool:
    """Tell whether two versions say the same; times, plans and the language of chips don't count."""
    return _content(before) == _content(after)


def nearness(before: str, after: str) -> float:
    """Return how much of their words two sentences share, 0.0 to 1.0."""
    mine, theirs = _words(before), _words(after)
    shared = len(mine & theirs)
    return 2 * shared / (len(mine) + len(theirs)) if shared else 0.0


def _change(before: Stage | None, after: Stage | None) -> StageChange:
    gone, came = (list(stage.pains) if stage else [] for stage in (before, after))
    lasting = [(*pair, 1.0) for pair in _paired(gone, came, (_chip, _spoken))]
    lasting += _near(gone, came, lasting)
    left, right = ({pair[side] for pair in lasting} for side in (0, 1))
    return StageChange(
        before,
        after,
        solved=tuple(entry for place, entry in enumerate(gone) if place not in left),
        new=tuple(entry for place, entry in enumerate(came) if place not in right),
        still=tuple(
            Lasting(gone[first], came[later], near)
            for first, later, near in sorted(lasting, key=lambda pair: pair[1])
        ),
    )


def _near(
    gone: Sequence[Entry], came: Sequence[Entry], known: Iterable[tuple[int, int, float]]
) -> list[tuple[int, int, float]]:
    """Return the pairs of changed sentences, the nearest first; each sentence is in one pair at most."""
    left, right = ({pair[side] for pair in known} for side in (0, 1))
    tried = (
        (first, later, nearness(gone[first].text, came[later].text))
        for first, later in product(range(len(gone)), range(len(came)))
        if _is_near(gone[first], came[later])
    )
    found = []
    # By the sum of places: turned round, the same pairs come in the same order.
    for first, later, near in sorted(tried, key=lambda pair: (-pair[2], pair[0] + pair[1], pair[0])):
        if first not in left and later not in right:
            found.append((first, later, near))
            left.add(first)
            right.add(later)
    return found


def _is_near(before: Entry, after: Entry) -> bool:
    """Tell whether a sentence is an earlier one slightly changed; two chips are two complaints."""
    if before.chip and after.chip:
        return False
    mine, theirs = _words(before.text), _words(after.text)
    near = nearness(before.text, after.text)
    contained = (mine <= theirs or theirs <= mine) and min(len(mine), len(theirs)) >= _LEAST_SHARED
    return near > NEAR or (contained and near >= CONTAINED)


def _with_moved(changes: Sequence[StageChange]) -> tuple[StageChange, ...]:
    """Return the changes in which a complaint that only moved to another stage is still there."""
    gone = [(place, entry) for place in _by_id(changes, "before") for entry in changes[place].solved]
    came = [(place, entry) for place in _by_id(changes, "after") for entry in changes[place].new]
    changed = list(changes)
    keys = (lambda found: _chip(found[1]), lambda found: _spoken(found[1]))
    for first, later in _paired(gone, came, keys):
        (left, old), (right, now) = gone[first], came[later]
        changed[left] = replace(changed[left], solved=_without(changed[left].solved, old))
        kept = (*changed[right].still, Lasting(old, now))
        changed[right] = replace(changed[right], new=_without(changed[right].new, now), still=kept)
    return tuple(changed)


def _by_id(changes: Sequence[StageChange], version: str) -> list[int]:
    """Return the places of the changes by their stages' ids: turned round, the order is the same."""

    def stage_id(place: int) -> str:
        stage: Stage | None = getattr(changes[place], version)
        return stage.id if stage else ""

    return sorted(range(len(changes)), key=stage_id)


def _without(entries: tuple[Entry, ...], taken: Entry) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry is not taken)


def _done(before: JourneyMap, after: JourneyMap) -> tuple[str, ...]:
    """Return the suggestions that are carried out in the later version only."""
    earlier = {plan.remedy or plan.text for plan in before.plans if plan.state is PlanState.DONE}
    return tuple(
        plan.text
        for plan in after.plans
        if plan.state is PlanState.DONE and (plan.remedy or plan.text) not in earlier
    )


def _paired(
    befores: Sequence[T], afters: Sequence[T], keys: Iterable[Callable[[T], Hashable]]
) -> list[tuple[int, int]]:
    """Return the places of what is the same by the first key, of the rest by the next; None is no key."""
    left, right = dict(enumerate(befores)), dict(enumerate(afters))
    pairs = []
    for key in keys:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, one in left.items():
            waiting[key(one)].append(place)
        waiting.pop(None, None)
        for place, one in tuple(right.items()):
            if places := waiting.get(key(one)):
                pairs.append((places[0], place))
                del left[places.pop(0)], right[place]
    return pairs


def _id_and_name(stage: Stage) -> Hashable:
    return stage.id, _name(stage)


def _name(stage: Stage) -> Hashable:
    return stage.chip or plain(stage.name) or stage.name


def _id_and_phase(stage: Stage) -> Hashable:
    return stage.id, stage.phase


def _phase(stage: Stage) -> Hashable:
    return stage.phase


def _same_name(before: Stage, after: Stage) -> bool:
    return _name(before) == _name(after) or plain(before.name) == plain(after.name)


def _chip(entry: Entry) -> Hashable:
    return entry.chip


def _spoken(entry: Entry) -> Hashable:
    return plain(entry.text) or entry.text


def _words(text: str) -> frozenset[str]:
    return frozenset(respelled(text, {}).split())


def _feelings(stage: Stage) -> tuple[Hashable, ...]:
    return tuple((feeling.chip or plain(feeling.text), feeling.score) for feeling in stage.feelings)


def _content(journey_map: JourneyMap) -> tuple[Hashable, ...]:
    """Return all that an owner said, chips by their ids."""
    persona = (journey_map.persona.field(field) for field in PersonaField)
    return (
        (journey_map.title, journey_map.shop),
        tuple(_said(entry) for entry in (journey_map.goal, *persona)),
        tuple(_stage_content(stage) for stage in journey_map.stages),
    )


def _stage_content(stage: Stage) -> tuple[Hashable, ...]:
    said = (
        tuple(_said(entry) for entry in stage.entries(element))
        for element in Element
        if element is not Element.FEELINGS
    )
    feelings = tuple((feeling.chip or feeling.text, feeling.score) for feeling in stage.feelings)
    return (stage.id, stage.chip or stage.name, stage.phases, feelings, *said)


def _said(entry: Entry | None) -> Hashable:
    return entry and (entry.chip or entry.text, entry.standing)
