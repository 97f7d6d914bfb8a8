"""Options given one by one, checked against the type of a format: no typing error passes unseen."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any, get_args

import msgspec
from msgspec import Struct, structs

from resdiff.errors import UsageError

__all__ = ["checked"]


def checked(options: Struct, named: Mapping[str, object], form: str) -> Struct:
    """The options with those values in their place; a member of a closed set may be given by its text.

    Raises ``UsageError`` for a name that the format does not have, naming the nearest, and for a value that is none of
    its kind, naming what it may be.
    """
    fields = {field.name: field.type for field in structs.fields(options)}
    values = {}
    for name, value in named.items():
        if not fields:
            raise UsageError("option-none", name, form)
        if name not in fields:
            from difflib import get_close_matches  # for a mistake alone

            raise UsageError("option-unknown", name, form, get_close_matches(name, fields, 1, cutoff=0)[0])
        try:
            values[name] = msgspec.convert(value, fields[name])
        except msgspec.ValidationError:
            raise UsageError("option-invalid", name, form, value, _allowed(fields[name])) from None
    return structs.replace(options, **values)


def _allowed(sort: Any) -> str:  # noqa: ANN401 - any type of a field
    """What a value of that type may be, as a person writes it.

    >>> _allowed(bool), _allowed(int)
    ('True, False', 'int')
    """
    if sort is bool:
        return "True, False"
    if isinstance(sort, type) and issubclass(sort, Enum):
        return ", ".join(
            str(member) if issubclass(sort, StrEnum) else f"{sort.__name__}.{member.name}" for member in sort
        )
    return ", ".join(map(str, get_args(sort))) or sort.__name__
