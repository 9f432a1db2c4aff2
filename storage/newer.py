"""Documents that a newer release wrote: what this one does not know stays when it writes them again."""

from collections.abc import Mapping

from storage.records import JsonValue

Document = Mapping[str, JsonValue]

_NAMING = ("name", "chip")
"""What a stage is called, and the stage of a framework that it is."""


def written_over(stored: Document, *, read: Document, now: Document) -> Document:
    """Return the document ``now`` with what ``stored`` says beyond ``read``, all that we understood of it.

    ``read`` and ``now`` are both as this release writes them: where they are equal, nothing was changed, and
    what is stored stays word for word.
    """
    if now == read:
        return stored
    unknown = {key: value for key, value in stored.items() if key not in read and key not in now}
    known = {
        key: _over(stored[key], read[key], value) if key in stored and key in read else value
        for key, value in now.items()
    }
    return {**known, **unknown}


def _over(stored: JsonValue, read: JsonValue, now: JsonValue) -> JsonValue:
    if now == read:
        return stored
    if isinstance(stored, dict) and isinstance(read, dict) and isinstance(now, dict):
        return dict(written_over(stored, read=read, now=now))
    if isinstance(stored, list) and isinstance(read, list) and isinstance(now, list):
        return _items_over(stored, read, now) if len(stored) == len(read) else now
    return now


def _items_over(stored: list[JsonValue], read: list[JsonValue], now: list[JsonValue]) -> list[JsonValue]:
    """Return the items of a list over the stored ones that they were, wherever those stood.

    Each stored one was one item: an equal one at its place if there is one, else the first that it can be.
    """
    pairs = zip(now, read, strict=False)
    was = {place: place for place, (item, known) in enumerate(pairs) if item == known}
    left = [place for place in range(len(read)) if place not in was]
    for place, item in enumerate(now):
        found = next((old for old in left if _is_same(read[old], item)), None)
        if place not in was and found is not None:
            was[place] = found
            left.remove(found)
    return [
        _over(stored[was[place]], read[was[place]], item) if place in was else item
        for place, item in enumerate(now)
    ]


def _is_same(before: JsonValue, after: JsonValue) -> bool:
    """Tell whether an item is the one before: equal, or worked on under its id.

    Another framework's stages take the ids of the old ones. Much as for the links to a stage
    (``journey.sharing.same_stage``), one has its name or its chip still, or it was renamed and nothing else:
    then it has a chip no more.
    """
    if before == after:
        return True
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    if before.get("id") is None or before["id"] != after.get("id"):
        return False
    if any(before.get(key) is not None and before[key] == after.get(key) for key in _NAMING):
        return True
    if None not in (before.get("chip"), after.get("chip")):
        return False
    return {**before, **dict.fromkeys(_NAMING)} == {**after, **dict.fromkeys(_NAMING)}
