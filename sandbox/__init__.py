"""A stand-in of the Telegram Bot API on loopback, with a chat page, so that the bot runs without a token."""
