"""The commands an owner can send, under their Indonesian and their English names."""

from enum import StrEnum


class Command(StrEnum):
    """A command; the value is its Indonesian name."""

    START = "start"
    NEW = "baru"
    RESUME = "lanjut"
    MAPS = "peta"
    EXAMPLE = "contoh"
    TIPS = "saran"
    SHARE = "bagikan"
    LANGUAGE = "bahasa"
    HELP = "bantuan"
    FEEDBACK = "masukan"
    REMINDERS = "pengingat"
    PRIVACY = "privasi"
    DELETE = "hapus"
    CANCEL = "batal"

    @property
    def english(self) -> str:
        """The command's name in English."""
        return self.name.lower()


BY_NAME = {name: command for command in Command for name in (command.value, command.english)}
"""Every name a command answers to."""
