"""Files in memory: what was uploaded, under ids that can be sent again, and what a picture's header says."""

import base64
import io
import secrets
import warnings
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.refusals import bad_request
from sandbox.shapes import JsonObject, present

# Bot API: photos at most 10 MB, width + height at most 10000, ratio at most 20; documents at most 50 MB.
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SUM = 10_000
PHOTO_RATIO = 20
DOCUMENT_BYTES = 50 * 1024 * 1024
# Bot API: getFile hands out at most 20 MB.
DOWNLOAD_BYTES = 20 * 1024 * 1024
# Telegram keeps these scaled copies of a photo (longest edge).
PHOTO_EDGES = (90, 320, 800, 1280, 2560)
MEMORY_BYTES = 512 * 1024 * 1024


class FileKind(StrEnum):
    """What a file was sent as; a file id never changes its kind."""

    PHOTO = "photo"
    DOCUMENT = "document"
    STICKER = "sticker"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"


_FOLDERS = {
    FileKind.PHOTO: ("AgACAgUAAxkBAAI", "photos"),
    FileKind.DOCUMENT: ("BQACAgUAAxkBAAI", "documents"),
    FileKind.STICKER: ("CAACAgUAAxkBAAI", "stickers"),
    FileKind.VOICE: ("AwACAgUAAxkBAAI", "voice"),
    FileKind.AUDIO: ("CQACAgUAAxkBAAI", "music"),
    FileKind.VIDEO: ("BAACAgUAAxkBAAI", "videos"),
    FileKind.VIDEO_NOTE: ("DQACAgUAAxkBAAI", "video_notes"),
    FileKind.ANIMATION: ("CgACAgUAAxkBAAI", "animations"),
}
CLIP_EDGE = 320
"""Pixels of the square that stands for every video."""
_MOVING = (FileKind.VIDEO, FileKind.VIDEO_NOTE, FileKind.ANIMATION)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a request or a person hands it in."""

    data: bytes
    name: str
    mime: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the sandbox keeps; `width` and `height` in pixels, `duration` in seconds, 0 where unknown."""

    file_id: str
    file_unique_id: str
    kind: FileKind
    data: bytes
    name: str
    mime: str
    path: str
    width: int = 0
    height: int = 0
    duration: int = 0
    emoji: str = ""

    def to_json(self) -> object:
        """Return what a Message holds under the kind's name: PhotoSizes, a Document, a Voice and so on."""
        ids: JsonObject = {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.data),
        }
        match self.kind:
            case FileKind.PHOTO:
                return self._photo_sizes()
            case FileKind.DOCUMENT:
                return ids | present(file_name=self.name, mime_type=self.mime)
            case FileKind.STICKER:
                size: JsonObject = {"width": self.width, "height": self.height, "emoji": self.emoji}
                return ids | size | {"type": "regular", "is_animated": False, "is_video": False}
            case FileKind.VOICE | FileKind.AUDIO:
                return ids | {"duration": self.duration, "mime_type": self.mime}
            case FileKind.VIDEO_NOTE:
                return ids | {"duration": self.duration, "length": self.width}
            case FileKind.VIDEO | FileKind.ANIMATION:
                moving: JsonObject = {"width": self.width, "height": self.height, "duration": self.duration}
                return ids | moving | {"mime_type": self.mime}

    def _photo_sizes(self) -> list[JsonObject]:
        longest = max(self.width, self.height)
        edges = [edge for edge in PHOTO_EDGES if edge < longest] + [min(longest, PHOTO_EDGES[-1])]
        edges = sorted(set(edges))
        return [
            {
                "file_id": self.file_id if edge == edges[-1] else f"{self.file_id}-{edge}",
                "file_unique_id": self.file_unique_id + ("" if edge == edges[-1] else f"-{edge}"),
                "file_size": len(self.data),
                "width": max(1, self.width * edge // longest),
                "height": max(1, self.height * edge // longest),
            }
            for edge in edges
        ]


@dataclass(slots=True)
class FileStore:
    """Every file by its id; the oldest are forgotten when they need too much memory."""

    files: dict[str, StoredFile] = field(default_factory=dict)
    bytes_kept: int = 0

    def keep(self, upload: Upload, kind: FileKind, *, duration: int = 0, emoji: str = "") -> StoredFile:
        """Store an upload; raise Telegram's 400 or 413 for one that it wouldn't take."""
        width, height = 0, 0
        if kind is FileKind.PHOTO:
            width, height = photo_size(upload.data)
        elif kind is FileKind.STICKER:
            width, height = 512, 512
        elif kind in _MOVING:
            width, height = CLIP_EDGE, CLIP_EDGE
        elif not upload.data:
            raise bad_request("file must be non-empty")
        prefix, folder = _FOLDERS[kind]
        number = len(self.files) + 1
        ending = "jpg" if kind is FileKind.PHOTO else (upload.name.rpartition(".")[2] or "bin")
        stored = StoredFile(
            file_id=prefix + base64.urlsafe_b64encode(secrets.token_bytes(30)).decode(),
            file_unique_id="AQAD" + secrets.token_urlsafe(9).replace("-", "_"),
            kind=kind,
            data=upload.data,
            name=upload.name,
            mime=upload.mime,
            path=f"{folder}/file_{number}_{secrets.token_hex(2)}.{ending}",
            width=width,
            height=height,
            duration=duration,
            emoji=emoji,
        )
        self.files[stored.file_id] = stored
        self.bytes_kept += len(stored.data)
        while self.bytes_kept > MEMORY_BYTES and len(self.files) > 1:
            oldest = self.files.pop(next(iter(self.files)))
            self.bytes_kept -= len(oldest.data)
        return stored

    def again(self, file_id: str, kind: FileKind) -> StoredFile:
        """Return the file to send again; raise Telegram's 400 for an unknown id or another kind."""
        if file_id.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")  # the sandbox has no network
        stored = self.find(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if stored.kind is not kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """Return the file with this id (of any size of a photo), or None."""
        stored = self.files.get(file_id)
        if stored is None and file_id.rpartition("-")[2] in map(str, PHOTO_EDGES):
            return self.files.get(file_id.rpartition("-")[0])
        return stored

    def at(self, path: str) -> StoredFile | None:
        """Return the file under this download path, or None."""
        return next((each for each in self.files.values() if each.path == path), None)


def photo_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the picture's header; raise Telegram's 400 for what it refuses."""
    from PIL import Image, UnidentifiedImageError

    if len(data) > PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
    except Image.DecompressionBombError:
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from None
    except (UnidentifiedImageError, OSError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > PHOTO_SUM or max(width, height) > PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
