"""What an owner sends along with words or instead of them, as far as it can be kept as evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from journey.document import JsonValue


class EvidenceKind(StrEnum):
    """What a piece of evidence is; a file can be sent again only as what it was sent as."""

    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    DOCUMENT = "document"
    WORDS = "words"
    """Forwarded words, without a file."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A message that can be kept: the id under which Telegram has its file, and the words with it.

    ``file_id`` is empty for mere words, ``caption`` where nothing is said.
    """

    kind: EvidenceKind
    file_id: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What was sent and isn't evidence yet: the pieces, and the stage that was chosen for them.

    ``hides_numbers`` where customers' numbers were taken out of the words with a piece.
    """

    pieces: tuple[Attachment, ...]
    stage: str | None = None
    hides_numbers: bool = False


def dump_offered(offered: Offered) -> dict[str, JsonValue]:
    """Return the offer as JSON values; ``load_offered`` of it is equal."""
    pieces: list[JsonValue] = [
        {"kind": piece.kind.value, "file_id": piece.file_id, "caption": piece.caption}
        for piece in offered.pieces
    ]
    return {"pieces": pieces, "stage": offered.stage, "hides_numbers": offered.hides_numbers}


def load_offered(row: JsonValue) -> Offered | None:
    """Return the offer a document describes; one of a kind this release doesn't know has to be sent again."""
    if not isinstance(row, dict) or not isinstance(row["pieces"], list):
        return None
    rows = [piece for piece in row["pieces"] if isinstance(piece, dict)]
    if not {piece["kind"] for piece in rows} <= set(EvidenceKind):
        return None
    stage = row["stage"]
    return Offered(
        tuple(_load_piece(piece) for piece in rows),
        None if stage is None else str(stage),
        bool(row["hides_numbers"]),
    )


def _load_piece(row: Mapping[str, JsonValue]) -> Attachment:
    return Attachment(EvidenceKind(str(row["kind"])), str(row["file_id"]), str(row["caption"]))
