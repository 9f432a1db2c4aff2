"""Looks at a display list without pixels and names what no reader should see."""

from renderers.display import Box, DisplayList, Emoji, Role, Text

_SLACK = 1.0
_ASCENT, _DESCENT = 0.74, 0.22
"""How far letters reach above and below their baseline, in ems."""


def ink(operation: Text | Emoji) -> Box:
    """Return where the letters or the emoji are."""
    match operation:
        case Text(x, baseline, _, size, _, _, width, _, _):
            return Box(x, baseline - _ASCENT * size, width, (_ASCENT + _DESCENT) * size)
        case Emoji(_, x, y, side, _):
            return Box(x, y + side * 0.1, side, side * 0.8)


def defects(page: DisplayList, *, smallest_body: float = 0.0) -> list[str]:
    """Return what is wrong with a page: text outside its cell or the page, over text, or too small."""
    whole = Box(0, 0, page.width, page.height)
    written = [operation for operation in page.operations if isinstance(operation, Text | Emoji)]
    found = []
    for operation in written:
        box = ink(operation)
        if not _within(box, whole):
            found.append(f"outside the page: {_name(operation)}")
        if not _within(box, operation.cell):
            found.append(f"outside its cell: {_name(operation)} {box} {operation.cell}")
        if not _within(operation.cell, whole):
            found.append(f"cell outside the page: {_name(operation)}")
        if isinstance(operation, Text) and operation.role is Role.BODY and operation.size < smallest_body:
            found.append(f"too small: {_name(operation)} {operation.size}")
    return found + _overlaps(written)


def _within(box: Box, outer: Box) -> bool:
    return (
        box.x >= outer.x - _SLACK
        and box.y >= outer.y - _SLACK
        and box.right <= outer.right + _SLACK
        and box.bottom <= outer.bottom + _SLACK
    )


def _overlaps(written: list[Text | Emoji]) -> list[str]:
    boxes = sorted(((ink(operation), operation) for operation in written), key=lambda pair: pair[0].x)
    found = []
    for order, (box, operation) in enumerate(boxes):
        for other_box, other in boxes[order + 1 :]:
            if other_box.x >= box.right:
                break
            across = min(box.right, other_box.right) - other_box.x
            down = min(box.bottom, other_box.bottom) - max(box.y, other_box.y)
            if across > 1.5 and down > 2.5:
                found.append(f"overlap: {_name(operation)} / {_name(other)}")
    return found


def _name(operation: Text | Emoji) -> str:
    return repr(operation.string if isinstance(operation, Text) else operation.sequence)
