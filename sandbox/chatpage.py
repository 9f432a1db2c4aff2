"""The chat page: its files, the state it draws, the events it follows and what people do on it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from aiohttp import web

from sandbox.controls import read_object
from sandbox.files import FileKind
from sandbox.people import Person
from sandbox.profile import commands_for
from sandbox.refusals import RefusalError
from sandbox.shapes import JsonObject, integer_in, text_in
from sandbox.state import QUERY_SECONDS, Chat, World
from sandbox.views import chat_message

_PAGE = Path(__file__).with_name("page")
_FILES = {
    "index.html": "text/html",
    "chat.js": "text/javascript",
    "column.js": "text/javascript",
    "drawing.js": "text/javascript",
    "chat.css": "text/css",
}
_POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
_SECURITY = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
# A comment now and then keeps proxies and browsers from giving up on a silent stream.
HEARTBEAT_SECONDS = 15
_PNG = b"\x89PNG"


class Cast(Protocol):
    """The people the page lets one play, and the world they live in."""

    @property
    def people(self) -> dict[int, Person]:
        """Everybody with a private chat, by id."""
        ...

    @property
    def world(self) -> World:
        """Chats, files and clock."""
        ...


class ChatPage:
    """Serves / and everything under /sandbox/ that the page needs."""

    def __init__(self, cast: Cast, stopping: asyncio.Event) -> None:
        self._cast = cast
        self._stopping = stopping

    def add_routes(self, app: web.Application) -> None:
        """Put the page into the application."""
        app.router.add_get("/", self._page_file)
        app.router.add_get("/page/{name}", self._page_file)
        app.router.add_get("/sandbox/state", self._state)
        app.router.add_get("/sandbox/events", self._events)
        app.router.add_get("/sandbox/files/{file_id}", self._file)
        app.router.add_post("/sandbox/people/{person}/photo", self._photo)
        app.router.add_post("/sandbox/people/{person}/document", self._document)
        app.router.add_post("/sandbox/people/{person}/{deed}", self._deed)

    async def _page_file(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        if name not in _FILES:
            raise web.HTTPNotFound
        text = (_PAGE / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_FILES[name], headers=_SECURITY)

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._cast.world.files.find(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
        if stored.kind is FileKind.PHOTO:
            kind = "image/png" if stored.data.startswith(_PNG) else "image/jpeg"
            return web.Response(body=stored.data, content_type=kind, headers=headers)
        name = stored.name.encode("ascii", "replace").decode().replace('"', "'")
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return web.Response(body=stored.data, content_type="application/octet-stream", headers=headers)

    async def _state(self, _request: web.Request) -> web.Response:
        world = self._cast.world
        return web.json_response(
            {
                "bot": {"name": world.bot.first_name, "username": world.bot.username},
                "offset_seconds": world.clock.offset_seconds,
                "chats": [self._chat(chat) for chat in world.chats.values()],
            }
        )

    def _chat(self, chat: Chat) -> JsonObject:
        world, person = self._cast.world, chat.person
        language = person.language_code if person else None
        now = world.clock.now()
        return {
            "id": chat.id,
            "name": person.first_name if person else chat.title,
            "language": language,
            "group": person is None,
            "blocked": person is not None and person.has_blocked_bot,
            "commands": commands_for(world, chat, language),
            "keyboard": chat.reply_keyboard,
            "messages": [chat_message(message).to_json() for message in chat.messages.values()],
            "pressed": [
                {"message_id": query.message_id, "data": query.data}
                for query in world.queries.values()
                if query.chat_id == chat.id and not query.answered and now - query.born_at <= QUERY_SECONDS
            ],
        }

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Stream what changes as server-sent events until the page or the sandbox goes."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        feed = self._cast.world.feed
        queue = feed.listen()
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await response.write(b"retry: 500\n\n")
            while not stopped.done():
                arrival = asyncio.create_task(queue.get())
                await asyncio.wait(
                    {arrival, stopped}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if not arrival.done():
                    arrival.cancel()
                    await response.write(b": still here\n\n")
                    continue
                event = self._enriched(arrival.result())
                await response.write(f"data: {web.json_response(event).text}\n\n".encode())
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            stopped.cancel()
            feed.forget(queue)
        return response

    def _enriched(self, event: JsonObject) -> JsonObject:
        """Return the event with the message as it looks by now, if it is about one that still exists."""
        chat = self._cast.world.chats.get(integer_in(event, "chat_id") or 0)
        message = chat.messages.get(integer_in(event, "message_id") or 0) if chat else None
        if event["kind"] != "message" or message is None:
            return event
        return event | {"message": chat_message(message).to_json()}

    def _person(self, request: web.Request) -> Person:
        name = request.match_info["person"]
        person = self._cast.people.get(int(name)) if name.isdecimal() else None
        if person is None:
            raise web.HTTPNotFound(text="no such person")
        return person

    async def _photo(self, request: web.Request) -> web.Response:
        person, data = self._person(request), await request.read()
        caption = request.query.get("caption", "")
        return _done(lambda: person.sends_photo(data or None, caption=caption))

    async def _document(self, request: web.Request) -> web.Response:
        person, data = self._person(request), await request.read()
        name = request.query.get("name", "file.bin")
        return _done(lambda: person.sends_document(data, name, mime=request.content_type))

    async def _deed(self, request: web.Request) -> web.Response:
        person, body = self._person(request), await read_object(request)
        return _done(lambda: _do(person, request.match_info["deed"], body))


def _do(person: Person, deed: str, body: JsonObject) -> int | None:
    text, message_id = text_in(body, "text") or "", integer_in(body, "message_id") or 0
    chat_id = integer_in(body, "chat_id")
    deeds: dict[str, Callable[[], int | None]] = {
        "say": lambda: person.says(text) if chat_id is None else person.says_in_group(chat_id, text),
        "tap": lambda: person.taps(message_id, data=text_in(body, "data"), chat_id=chat_id),
        "edit": lambda: person.edits(message_id, text),
        "forward": lambda: person.forwards(text),
        "sticker": person.sends_sticker,
        "voice": person.sends_voice,
        "album": person.sends_album,
        "video": person.sends_clip,
        "block": person.blocks,
        "unblock": person.unblocks,
    }
    return deeds[deed]()


def _done(deed: Callable[[], int | None]) -> web.Response:
    """Do it and return the update's id, or a 400 that says why a person can't do that."""
    try:
        return web.json_response({"update_id": deed()})
    except (LookupError, ValueError, PermissionError, RefusalError) as wrong:
        return web.json_response({"error": str(wrong)}, status=400)
