"""Telegram's edge and the composition root: the only room that talks to Telegram."""
