"""The table of Bot API methods, and the way of a request through schema and method."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from sandbox import editing, profile, sending
from sandbox.calls import ApiCall, Violation
from sandbox.files import Upload
from sandbox.refusals import RefusalError, bad_request
from sandbox.schema import bot_api
from sandbox.shapes import JsonObject
from sandbox.state import World

Method = Callable[[World, ApiCall], object]

METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendAudio": sending.send_audio,
    "sendVideo": sending.send_video,
    "sendVideoNote": sending.send_video_note,
    "sendAnimation": sending.send_animation,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_callback_query,
    "getChat": profile.get_chat,
    "getFile": profile.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_text,
    "getMyName": profile.get_my_text,
    "setMyDescription": profile.set_my_text,
    "getMyDescription": profile.get_my_text,
    "setMyShortDescription": profile.set_my_text,
    "getMyShortDescription": profile.get_my_text,
}


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    return {name.lower(): name for name in bot_api().methods}


def canonical(method: str) -> str:
    """Return the method's documented spelling (Telegram ignores case); raise a 404 for an unknown one."""
    name = _spellings().get(method.lower())
    if name is None:
        raise RefusalError(404, "Not Found")
    return name


def read_call(
    method: str, raw: JsonObject, files: Mapping[str, Upload], violations: list[Violation]
) -> ApiCall:
    """Return the call with typed parameters; note what doesn't fit the documentation and raise a 400."""
    reading = bot_api().read(method, raw, frozenset(files))
    if reading.problems:
        violations += [Violation(method, problem, raw) for problem in reading.problems]
        raise bad_request(f"not as documented: {'; '.join(reading.problems)}")
    return ApiCall(method, reading.values, files)
