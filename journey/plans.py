"""What an owner decides to do: write it into a map, by when, and take it back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from journey.limits import PLANNED_AT_ONCE, PLANS
from journey.model import JourneyMap, Plan, PlanState


def planned(journey_map: JourneyMap) -> tuple[Plan, ...]:
    """Return what the owner wants to do and hasn't done yet."""
    return tuple(plan for plan in journey_map.plans if plan.state is PlanState.PLANNED)


def by_day(found: Iterable[Plan]) -> tuple[Plan, ...]:
    """Return plans in the order they are due; those without a day come last."""
    return tuple(sorted(found, key=lambda plan: (plan.due is None, plan.due or date.max)))


def due(found: Iterable[Plan], first: date, last: date) -> tuple[Plan, ...]:
    """Return the plans that are due from one day to another, the earliest first."""
    return tuple(plan for plan in by_day(found) if plan.due and first <= plan.due <= last)


def has_hands_full(journey_map: JourneyMap) -> bool:
    """Tell whether as much is planned as can be done at once."""
    return len(planned(journey_map)) >= PLANNED_AT_ONCE


def is_full(journey_map: JourneyMap) -> bool:
    """Tell whether no further plan fits into the map."""
    return len(journey_map.plans) >= PLANS


def with_plan(journey_map: JourneyMap, plan: Plan, *, instead_of: Plan | None = None) -> JourneyMap:
    """Return the map with a plan in the place of an earlier decision, or behind all others."""
    if instead_of is None:
        return replace(journey_map, plans=(*journey_map.plans, plan))
    return replace(
        journey_map, plans=tuple(plan if found == instead_of else found for found in journey_map.plans)
    )


def without_plans(journey_map: JourneyMap, gone: Iterable[Plan]) -> JourneyMap:
    """Return the map whose owner has decided nothing about these."""
    taken_back = set(gone)
    return replace(journey_map, plans=tuple(plan for plan in journey_map.plans if plan not in taken_back))
