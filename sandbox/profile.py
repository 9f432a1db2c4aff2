"""Methods about the bot itself and what it may look up: commands, names, descriptions, chats, files."""

import re
from collections.abc import Iterator

from sandbox.calls import ApiCall
from sandbox.files import DOWNLOAD_BYTES
from sandbox.refusals import bad_request
from sandbox.shapes import JsonObject, as_object, objects
from sandbox.state import Chat, World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
COMMANDS = 100
# Bot API: characters of a command's description, the bot's name and its two descriptions.
DESCRIPTION_CHARACTERS = 256
_TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


def get_me(world: World, _call: ApiCall) -> object:
    """Return the bot as a User."""
    rights: JsonObject = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot.to_json() | rights


def get_chat(world: World, call: ApiCall) -> object:
    """Return a ChatFullInfo."""
    chat = world.known(call.integer("chat_id"))
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    full: JsonObject = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    return chat.to_json() | full


def get_file(world: World, call: ApiCall) -> object:
    """Return a File with its download path, at most 20 MB."""
    stored = world.files.find(call.text("file_id") or "")
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def set_my_commands(world: World, call: ApiCall) -> object:
    """Register the commands of one scope and language."""
    commands = objects(call.values["commands"])
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not _COMMAND.fullmatch(str(each["command"])):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each["description"])) <= DESCRIPTION_CHARACTERS:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope_and_language(call)] = commands
    world.feed.publish({"kind": "commands"})
    return True


def get_my_commands(world: World, call: ApiCall) -> object:
    """Return the commands of exactly this scope and language."""
    return world.commands.get(_scope_and_language(call), [])


def delete_my_commands(world: World, call: ApiCall) -> object:
    """Forget the commands of one scope and language."""
    world.commands.pop(_scope_and_language(call), None)
    world.feed.publish({"kind": "commands"})
    return True


def set_my_text(world: World, call: ApiCall) -> object:
    """Set the bot's name, description or short description of one language; empty removes it."""
    name, limit = _TEXTS[call.method.removeprefix("setMy")]
    text = call.text(name) or ""
    if len(text) > limit:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    world.texts[name, _language(call)] = text
    return True


def get_my_text(world: World, call: ApiCall) -> object:
    """Return the name, description or short description of a language, or the default one."""
    name, _ = _TEXTS[call.method.removeprefix("getMy")]
    default = world.texts.get((name, "")) or (world.bot.first_name if name == "name" else "")
    return {name: world.texts.get((name, _language(call))) or default}


def commands_for(world: World, chat: Chat, language: str | None) -> list[JsonObject]:
    """Return the commands that somebody with this language sees in the chat's menu."""
    return next((found for found in _candidates(world, chat, language or "") if found), [])


def _candidates(world: World, chat: Chat, language: str) -> Iterator[list[JsonObject]]:
    # Bot API, "Determining list of commands": the narrower scope first, in it the language first.
    everyone = "all_private_chats" if chat.person else "all_group_chats"
    for scope in (f"chat:{chat.id}", everyone, "default"):
        for tongue in (language, ""):
            yield world.commands.get((scope, tongue), [])


def _scope_and_language(call: ApiCall) -> tuple[str, str]:
    scope = as_object(call.values.get("scope") or {"type": "default"})
    ids = [str(scope[name]) for name in ("chat_id", "user_id") if name in scope]
    return ":".join([str(scope["type"]), *ids]), _language(call)


def _language(call: ApiCall) -> str:
    language = call.text("language_code") or ""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language
