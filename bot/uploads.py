"""Pictures in calls: placeholders become file ids or uploads, and the answer gives the file ids back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from telegram import InputFile

from storage.records import Call, FileKind, JsonValue, StoredPicture, UploadedFile

PLACEHOLDER = "$picture:"
PHOTO_ONLY = ("has_spoiler", "show_caption_above_media")
"""Parameters that documents don't have."""


class PictureMissing(Exception):
    """A picture is neither at Telegram nor here, so that it has to be drawn again."""


@dataclass(slots=True)
class Filled:
    """The parameters of a call ready to be sent, and the pictures in the order in which they appear."""

    parameters: dict[str, JsonValue | InputFile] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)


def fill(call: Call, pictures: Mapping[str, StoredPicture]) -> Filled:
    """Put the pictures in the places of their placeholders. Raises PictureMissing.

    A picture inside an album is uploaded beside it and named ``attach://…``, as the Bot API wants it.
    """
    filled = Filled()
    kind = _kind_of(call)
    for name, value in call.params.items():
        if isinstance(value, str) and value.startswith(PLACEHOLDER):
            filled.parameters[name] = _content(value, pictures, filled, kind)
        else:
            filled.parameters[name] = _fill_value(value, pictures, filled, kind)
    return filled


def as_known(call: Call, pictures: Mapping[str, StoredPicture]) -> Call:
    """Return the call in the form that Telegram takes: photos that had to go as files do so again."""
    if _kind_of(call) is FileKind.DOCUMENT:
        return call
    found = [picture for digest in call.pictures if (picture := pictures.get(digest)) is not None]
    refused = any(picture.document_id and not picture.photo_id for picture in found)
    sendable = all(picture.document_id or picture.content is not None for picture in found)
    return (as_documents(call) or call) if refused and sendable else call


def _kind_of(call: Call) -> FileKind:
    match call.method, call.params:
        case ("sendDocument", _) | ("sendMediaGroup", {"media": [{"type": "document"}, *_]}):
            return FileKind.DOCUMENT
        case _:
            return FileKind.PHOTO


def _fill_value(
    value: JsonValue, pictures: Mapping[str, StoredPicture], filled: Filled, kind: FileKind
) -> JsonValue:
    match value:
        case str() if value.startswith(PLACEHOLDER):
            content = _content(value, pictures, filled, kind)
            if isinstance(content, str):
                return content
            part = f"picture{len(filled.digests)}"
            filled.parameters[part] = content
            return f"attach://{part}"
        case list():
            return [_fill_value(item, pictures, filled, kind) for item in value]
        case dict():
            return {key: _fill_value(item, pictures, filled, kind) for key, item in value.items()}
        case _:
            return value


def _content(
    placeholder: str, pictures: Mapping[str, StoredPicture], filled: Filled, kind: FileKind
) -> str | InputFile:
    digest = placeholder.removeprefix(PLACEHOLDER)
    picture = pictures.get(digest)
    filled.digests.append(digest)
    if picture is not None and (file_id := picture.file_id(kind)) is not None:
        return file_id
    if picture is not None and picture.content is not None:
        return InputFile(picture.content, filename=picture.name)
    raise PictureMissing(f"picture {digest} is neither uploaded as a {kind} nor kept")


def as_documents(call: Call) -> Call | None:
    """Return the call that sends its photos as files, or None when it sends no photos."""
    params = {name: value for name, value in call.params.items() if name not in PHOTO_ONLY}
    match call.method, params:
        case "sendPhoto", {"photo": photo}:
            del params["photo"]
            return replace(call, method="sendDocument", params=params | {"document": photo})
        case "sendMediaGroup", {"media": list(items)}:
            media = [_as_document(item) for item in items]
            return None if media == items else replace(call, params=params | {"media": media})
        case _:
            return None


def _as_document(item: JsonValue) -> JsonValue:
    if not isinstance(item, dict) or item.get("type") != "photo":
        return item
    return {name: value for name, value in item.items() if name not in PHOTO_ONLY} | {"type": "document"}


def message_ids(result: JsonValue) -> tuple[int, ...]:
    """Return the ids of the messages in an answer; none for ``true``."""
    messages = result if isinstance(result, list) else [result]
    found = [message.get("message_id") for message in messages if isinstance(message, dict)]
    return tuple(number for number in found if isinstance(number, int))


def uploaded_files(result: JsonValue, digests: Sequence[str]) -> tuple[UploadedFile, ...]:
    """Return the file of each picture that an answer shows, in the order in which they were sent."""
    messages = result if isinstance(result, list) else [result]
    shown = (_uploaded(digest, message) for digest, message in zip(digests, messages, strict=False))
    return tuple(file for file in shown if file is not None)


def _uploaded(digest: str, message: JsonValue) -> UploadedFile | None:
    match message:
        case {"photo": [*_, {"file_id": str(file_id)}]}:
            return UploadedFile(digest, FileKind.PHOTO, file_id)
        case {"document": {"file_id": str(file_id)}}:
            return UploadedFile(digest, FileKind.DOCUMENT, file_id)
        case _:
            return None
