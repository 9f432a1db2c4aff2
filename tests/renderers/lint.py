"""Looks at a display list without pixels and names what no reader should see."""

from renderers.display import Box, DisplayList, Emoji, Path, Role, Text
from renderers.reach import ORDINARY, reach
from renderers.theme import LIGHT, Theme
from tests.renderers.colours import extent

_SLACK = 1.0
_TOUCH_ACROSS, _TOUCH_DOWN = 1.5, 2.5
_ASCENT, _DESCENT = 0.74, 0.22
"""How far ordinary letters reach above and below their baseline, in ems; for others their ink is asked."""


def ink(operation: Text | Emoji) -> Box:
    """Return where the letters or the emoji are."""
    match operation:
        case Text(x, baseline, style, size, _, string, width, _, _):
            found = reach(style, string)
            up = _ASCENT if found == ORDINARY else found.up
            down = _DESCENT if found == ORDINARY else found.down
            return Box(x, baseline - up * size, width, (up + down) * size)
        case Emoji(_, x, y, side, _):
            return Box(x, y + side * 0.1, side, side * 0.8)


def defects(page: DisplayList, *, smallest_body: float = 0.0, theme: Theme = LIGHT) -> list[str]:
    """Return what is wrong with a page.

    Text or emoji outside the page or their own card, over other text or over a face, wider than their cell,
    or too small; a shape outside the page.
    """
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
    for shape in page.operations:
        if isinstance(shape, Path) and not _within(extent(shape.outline), whole):
            found.append(f"shape outside the page: {extent(shape.outline)}")
    return found + _overlaps(written) + _hidden_faces(page, written, theme)


def _hidden_faces(page: DisplayList, written: list[Text | Emoji], theme: Theme) -> list[str]:
    faces = [
        extent(shape.outline)
        for shape in page.operations
        if isinstance(shape, Path) and shape.fill in theme.feelings
    ]
    return [
        f"over a face: {_name(operation)}"
        for operation in written
        for face in faces
        if _touching(ink(operation), face.inset(face.width * 0.15, face.height * 0.15))
    ]


def _touching(box: Box, other: Box) -> bool:
    across = min(box.right, other.right) - max(box.x, other.x)
    down = min(box.bottom, other.bottom) - max(box.y, other.y)
    return across > _TOUCH_ACROSS and down > _TOUCH_DOWN


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
            if _touching(box, other_box):
                found.append(f"overlap: {_name(operation)} / {_name(other)}")
    return found


def _name(operation: Text | Emoji) -> str:
    return repr(operation.string if isinstance(operation, Text) else operation.sequence)
