"""Documents that a newer release wrote: what this one does not know stays when it writes them again."""

from collections.abc import Mapping

from storage.records import JsonValue

Document = Mapping[str, JsonValue]


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
        return [_item_over(stored, read, item) for item in now] if len(stored) == len(read) else now
    return now


def _item_over(stored: list[JsonValue], read: list[JsonValue], item: JsonValue) -> JsonValue:
    """Return an item of a list over the stored one that it was, wherever that stood."""
    for kept, known in zip(stored, read, strict=True):
        if item == known or (_id(item) is not None and _id(item) == _id(known)):
            return _over(kept, known, item)
    return item


def _id(item: JsonValue) -> JsonValue:
    return item.get("id") if isinstance(item, dict) else None
