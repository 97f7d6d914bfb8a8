"""The type of the table of messages, apart from those of all other tables.

Every call says something; the types of the tables that know texts are made by those that read one.
"""

from msgspec import Struct

__all__ = ["Help", "Message", "Messages"]


class Message(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence in the languages of the reader; ``{0}``, ``{1}`` are filled with values."""

    fr: str
    en: str


Messages = dict[str, dict[str, Message]]


class Help(Struct, frozen=True, forbid_unknown_fields=True):
    """The help of the command: what stands below that of the whole, and each text of ``cli/commands`` in English."""

    epilog: Message
    text: tuple[Message, ...]
