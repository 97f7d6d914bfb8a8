"""What a page sends: fields and files, in memory, bounded in number and size; names of files as they may be shown."""

from collections.abc import AsyncGenerator

from msgspec import Struct
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from resdiff import limits
from resdiff.reading import one_line
from resdiff.web.workers import PageError

__all__ = ["Form", "Upload", "form_of", "gone_to"]

LONGEST_NAME = 120  # characters of the name of a file that are kept
LONGEST_FIELD = 100_000  # bytes of a field


class Upload(Struct, frozen=True):
    """A file that was sent: its name, never used as a path, and its bytes."""

    name: str
    data: bytes


class Form(Struct, frozen=True):
    """The fields of a form, those that are empty left out, and its files, those without a byte left out."""

    fields: dict[str, str]
    files: dict[str, Upload]
    several: tuple[Upload, ...] = ()
    """All files in their order, where one field took more than one."""

    def get(self, name: str) -> str:
        """The value of a field in one line; empty where it was not sent."""
        return self.fields.get(name, "")


class _InMemory(MultiPartParser):
    spool_max_size = 2 * limits.UPLOAD  # nothing is written to the disk


async def form_of(request: Request, *, files: int = 0) -> Form:
    """The form that was sent, with so many files at most. Raises PageError for what is none, or has more in it."""
    sort = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    stream: AsyncGenerator[bytes, None] = request.stream()
    try:
        if sort == "multipart/form-data":
            parts = await _InMemory(
                request.headers,
                stream,
                max_files=files,
                max_fields=limits.FIELDS,
                max_part_size=LONGEST_FIELD,
            ).parse()
        elif sort == "application/x-www-form-urlencoded":
            parts = await FormParser(
                request.headers, stream, max_fields=limits.FIELDS, max_part_size=LONGEST_FIELD
            ).parse()
        else:
            raise PageError("form", 415)
    except (MultiPartException, UnicodeError, ValueError):
        raise PageError("form", 400) from None
    fields: dict[str, str] = {}
    uploads: list[tuple[str, Upload]] = []
    for name, value in parts.multi_items():
        if isinstance(value, str):
            fields[name] = value
            continue
        data = await value.read()
        if data or value.filename:
            uploads.append((name, Upload(_name(value.filename or ""), data)))
        await value.close()
    kept = {name: one_line(value).strip() if name != "lines" else value for name, value in fields.items()}
    return Form({name: value for name, value in kept.items() if value}, dict(uploads), tuple(u for _, u in uploads))


def _name(given: str) -> str:
    """The name of a file as it is shown: one line, its last part, no longer than a line.

    >>> _name("../../etc/pass\\x1bwd"), _name("C:\\\\x\\\\projet.docx"), _name("")
    ('passwd', 'projet.docx', '–')
    """
    last = one_line(given).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    stem, dot, suffix = last.rpartition(".")
    if len(last) > LONGEST_NAME and dot and len(suffix) < 10:
        last = f"{stem[: LONGEST_NAME - len(suffix) - 2]}….{suffix}"
    return last[:LONGEST_NAME] or "–"


def gone_to(address: str) -> Response:
    """The answer to what was sent: go and see, so that to reload sends nothing again."""
    return RedirectResponse(address, 303)
