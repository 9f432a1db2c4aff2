"""One call to the Bot API by its name, without PTB reading anything into the parameters or the answer."""

from collections.abc import Mapping
from datetime import timedelta

from telegram import Bot, InputFile, InputMedia
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.request import BaseRequest

from storage.records import JsonValue

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask for; my_chat_member tells that the bot was blocked or unblocked."""

TOO_LARGE = "request entity too large"

Parameters = Mapping[str, JsonValue | InputFile]


async def call_api(
    bot: Bot, method: str, parameters: Parameters, *, read_timeout: float | None = None
) -> JsonValue:
    """Make one call and return its result as JSON. Raises telegram.error.TelegramError.

    An upload that is too large (413) is as clear a refusal as any: a BadRequest.
    """
    # The trailing underscore changes nothing in the call; without it PTB warns at each one that it has
    # a method for this, which parses the answer and fails on what it doesn't know.
    arguments: dict[str, object] = dict(parameters)
    if isinstance(media := parameters.get("media"), list):
        arguments["media"] = [_album(item) for item in media]
    try:
        result: JsonValue = await bot.do_api_request(
            f"{method}_",
            api_kwargs=arguments,
            read_timeout=BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout,
        )
    except NetworkError as error:
        if TOO_LARGE in error.message.lower():
            raise BadRequest(error.message) from None
        raise
    return result


def _album(item: JsonValue) -> InputMedia:
    # PTB takes the items of "media" for its own class; as such they must come, however little they need it
    assert isinstance(item, dict)
    rest = {name: value for name, value in item.items() if name not in ("type", "media")}
    return InputMedia(str(item["type"]), str(item["media"]), api_kwargs=rest)


def seconds_to_wait(error: RetryAfter) -> float:
    """Return how long Telegram wants us to be silent, in seconds."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
