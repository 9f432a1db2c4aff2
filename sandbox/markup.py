"""Telegram's HTML: text and entities out of it, and Telegram's own complaints about wrong HTML.

The grammar and the wording follow the published behaviour of the Bot API server: few tags, four named
entities, and byte offsets (UTF-8) in complaints.
"""

import re
from dataclasses import dataclass, field

from sandbox.entities import Entity, Formatted, finished, utf16_length
from sandbox.refusals import RefusalError, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_END_TAG = re.compile(r"</\s*([^>\s]*)\s*>")
_START_NAME = re.compile(r"<([^\s>/]*)")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
_MAX_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class _Open:
    name: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Parser:
    source: str
    position: int = 0
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> Formatted:
        while self.position < len(self.source):
            character = self.source[self.position]
            if character == "&":
                self._reference()
            elif character != "<":
                plain = _PLAIN.match(self.source, self.position)
                assert plain is not None
                self._add(plain.group())
                self.position = plain.end()
            elif self.source.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].name}"')
        return finished("".join(self.pieces), self.entities)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _reference(self) -> None:
        match = _REFERENCE.match(self.source, self.position)
        character = _referred(match) if match else None
        if match is None or character is None:
            self._add("&")  # Telegram leaves an unknown reference as it is
            self.position += 1
            return
        self._add(character)
        self.position = match.end()

    def _start_tag(self) -> None:
        begin = self.position
        where = self._byte_offset(begin)
        match = _START_NAME.match(self.source, begin)
        name = match.group(1).lower() if match else ""
        if match is None or match.end() >= len(self.source):
            raise _wrong(f"Unclosed start tag at byte offset {where}")
        if name not in _KINDS:
            raise _wrong(f'Unsupported start tag "{name}" at byte offset {where}')
        attributes = self._attributes(match.end(), name, where)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.stack.append(_Open(name, self.length, attributes))

    def _attributes(self, position: int, name: str, where: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            while position < len(self.source) and self.source[position].isspace():
                position += 1
            if position >= len(self.source):
                raise _wrong(f"Unclosed start tag at byte offset {where}")
            if self.source[position] == ">":
                self.position = position + 1
                return attributes
            match = _ATTRIBUTE.match(self.source, position)
            if match is None:
                raise _wrong(f'Empty attribute name in the tag "{name}" at byte offset {where}')
            value = match.group(2) or ""
            if value[:1] in {'"', "'"}:
                value = value[1:-1]
            attributes[match.group(1).lower()] = _decoded(value)
            position = match.end()

    def _end_tag(self) -> None:
        where = self._byte_offset(self.position)
        if not self.stack:
            raise _wrong(f"Unexpected end tag at byte offset {where}")
        match = _END_TAG.match(self.source, self.position)
        if match is None:
            raise _wrong(f"Unclosed end tag at byte offset {where}")
        opened, name = self.stack.pop(), match.group(1).lower()
        if name not in ("", opened.name):
            raise _wrong(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.name}>", found "</{name}>"'
            )
        self.position = match.end()
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        if any(outer.name in {"code", "pre"} for outer in self.stack):
            self._language_of_code(opened)
            return
        kind, detail = _KINDS[opened.name], None
        text = "".join(self.pieces).encode("utf-16-le")[opened.offset * 2 :].decode("utf-16-le")
        match opened.name:
            case "a":
                detail = opened.attributes.get("href") or text
                if "." not in detail and ":" not in detail:
                    return  # no link: Telegram shows the bare text
            case "tg-emoji":
                detail = opened.attributes.get("emoji-id")
            case "pre":
                detail = opened.attributes.get("language")
            case "blockquote" if "expandable" in opened.attributes:
                kind = "expandable_blockquote"
        self._drop_inside(opened)
        self.entities.append(Entity(kind, opened.offset, self.length - opened.offset, detail))

    def _language_of_code(self, opened: _Open) -> None:
        language = opened.attributes.get("class", "")
        if opened.name == "code" and language.startswith("language-"):
            self.stack[-1].attributes["language"] = language.removeprefix("language-")

    def _drop_inside(self, opened: _Open) -> None:
        """Code and pre can't contain other entities; a quotation can't contain a quotation."""
        inner = {"blockquote", "expandable_blockquote"} if opened.name == "blockquote" else set()
        self.entities = [
            each
            for each in self.entities
            if each.offset < opened.offset or not (opened.name in {"code", "pre"} or each.kind in inner)
        ]

    def _byte_offset(self, position: int) -> int:
        return len(self.source[:position].encode())


def from_html(source: str) -> Formatted:
    """Return the text and entities of Telegram's HTML; raise a 400 with Telegram's words if it is wrong."""
    return _Parser(source).parse()


def _referred(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code <= _MAX_CODE_POINT and code not in _SURROGATES else None


def _decoded(value: str) -> str:
    return _REFERENCE.sub(lambda match: _referred(match) or match.group(), value)


def _wrong(reason: str) -> RefusalError:
    return bad_request(f"can't parse entities: {reason}")
