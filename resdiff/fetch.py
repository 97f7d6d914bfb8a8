"""Fetching a resolution from the document service of the United Nations, and keeping what came for ever.

The service answers ``/api/symbol/access?s=A/RES/72/194&l=fr&t=pdf`` with a redirect to the file. What comes back is
known by its first bytes, never by its name: ``t=doc`` may bring an old Word file, WordPerfect or PDF. A symbol that is
not published answers 200 with nothing in it. A page that asks a browser to prove itself is not worked around: it is
told, with the address to open by hand.

A resolution never changes once issued; only a re-issue for technical reasons brings other bytes. So nothing in the
cache expires: blobs are named by their hash, and what a symbol gave, on which day, is a growing list beside them.
"""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import asdict

from resdiff import files
from resdiff.errors import NotFoundError, ServiceError, UsageError
from resdiff.symbol import file_stem, normalise
from resdiff.version import __version__

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "Service", "fetch"]

BASE = "https://documents.un.org"
BY_HAND = "https://docs.un.org/{language}/{symbol}"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
TIME_LIMIT = 60.0  # seconds for one document, all tries together
SIZE_LIMIT = 50 * 1024 * 1024  # the largest resolutions with annexes are a few megabytes
TRIES = 4
PACE = 1.0  # seconds between two requests: the service is shared
LONGEST_WAIT = 20.0  # a longer Retry-After is told, not slept
RETRY = frozenset({429, 500, 502, 503, 504})

MAGIC = (
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"{\\rtf", "application/rtf"),
)


class Fetched(Struct, frozen=True):
    """A document as it came: its bytes by their hash, what they are, from which address, on which day (ISO)."""

    symbol: str
    language: str
    media_type: str
    url: str
    sha256: str
    date: str
    path: Path


class Service(Struct, frozen=True):
    """The document service and how to speak to it. A test gives its own address, clock and sleep."""

    base: str = BASE
    time_limit: float = TIME_LIMIT
    size_limit: int = SIZE_LIMIT
    pace: float = PACE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def address(self, symbol: str, language: str, form: str) -> str:
        """The address of a document; slashes and spaces of the symbol are encoded, which every server accepts."""
        return f"{self.base}/api/symbol/access?" + urlencode({"s": symbol, "l": language, "t": form})


def fetch(
    symbol: str,
    cache: Path,
    today: str,
    *,
    language: str = "fr",
    form: str = "pdf",
    refresh: bool = False,
    service: Service | None = None,
) -> Fetched:
    """The document of that symbol, from the cache or from the service.

    ``today`` is written beside what comes; ``refresh`` asks the service even when the cache has it. Raises UsageError
    for a symbol that is none, NotFoundError when it is not published, ServiceError when the service refuses.
    """
    full = normalise(symbol)
    if not full:
        raise UsageError("symbol-none", symbol)
    if language not in LANGUAGES:
        raise UsageError("language-none", language, ", ".join(LANGUAGES))
    shelf = cache / f"{file_stem(full)}.{language}.{form}.json"
    known = _known(shelf, cache)
    if known and not refresh:
        return known[-1]
    service = service or Service()
    url = service.address(full, language, form)
    by_hand = BY_HAND.format(language=language, symbol=full.replace(" ", "%20"))
    data = _download(url, service, full, by_hand)
    digest = hashlib.sha256(data).hexdigest()
    fetched = Fetched(full, language, _media_type(data, full, by_hand), url, digest, today, cache / digest)
    files.write(fetched.path, data)
    if digest not in {each.sha256 for each in known}:
        rows = [asdict(each) | {"path": each.path.name} for each in (*known, fetched)]
        files.write(shelf, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
    return fetched


def _known(shelf: Path, cache: Path) -> tuple[Fetched, ...]:
    """What a symbol gave so far, oldest first; rows whose bytes are gone or damaged do not count."""
    try:
        rows = json.loads(shelf.read_text(encoding="utf-8"))
        known = [Fetched(**(row | {"path": cache / row["sha256"]})) for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    return tuple(each for each in known if _intact(each))


def _intact(fetched: Fetched) -> bool:
    try:
        return hashlib.sha256(fetched.path.read_bytes()).hexdigest() == fetched.sha256
    except OSError:
        return False


def _download(url: str, service: Service, symbol: str, by_hand: str) -> bytes:
    """The bytes at an address, tried again when the service asks for patience."""
    httpx = _client_library()
    deadline = service.clock() + service.time_limit
    headers = {"User-Agent": f"resdiff/{__version__}", "Accept": "*/*"}
    with httpx.Client(follow_redirects=True, timeout=service.time_limit / TRIES, headers=headers) as client:
        for turn in range(TRIES):
            if turn:
                service.sleep(service.pace)
            try:
                status, waf, wait, data = _once(client, url, service, deadline)
            except httpx.TimeoutException as error:
                raise ServiceError("service-slow", symbol, by_hand) from error
            except httpx.HTTPError as error:
                raise ServiceError("service-unreachable", service.base, type(error).__name__) from error
            if status not in RETRY:
                return _checked(status, waf, data, symbol, by_hand)
            if wait > LONGEST_WAIT or service.clock() + wait > deadline:
                break
            service.sleep(wait)
    raise ServiceError("service-busy", symbol, by_hand)


def _client_library() -> Any:  # noqa: ANN401 - a module
    try:
        import httpx2
    except ImportError as error:
        raise UsageError("fetch-extra") from error
    return httpx2


def _once(client: "httpx2.Client", url: str, service: Service, deadline: float) -> tuple[int, str, float, bytes]:
    """One request: status, what a firewall says, seconds it asks to wait, body. Bounded in size and time."""
    with client.stream("GET", url) as response:
        chunks, size = [], 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > service.size_limit:
                raise ServiceError("service-too-large", service.size_limit // 2**20)
            if service.clock() > deadline:
                raise ServiceError("service-slow", url, url)
            chunks.append(chunk)
        wait = response.headers.get("Retry-After", "")
        seconds = float(wait) if wait.isdigit() else service.pace
        return response.status_code, response.headers.get("x-amzn-waf-action", ""), seconds, b"".join(chunks)


def _checked(status: int, waf: str, data: bytes, symbol: str, by_hand: str) -> bytes:
    """The body of a good answer; the sentence that fits any other."""
    if status == 202 or waf:
        raise ServiceError("service-challenge", symbol, by_hand)
    if status == 404 or (status == 200 and not data.strip()):
        raise NotFoundError("not-published", symbol, by_hand)
    if status != 200:
        raise ServiceError("service-refused", symbol, status, by_hand)
    return data


def _media_type(data: bytes, symbol: str, by_hand: str) -> str:
    """What the bytes are. A page instead of a document is the service asking for a browser."""
    for magic, media_type in MAGIC:
        if data.startswith(magic):
            return media_type
    start = data[:2000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise ServiceError("service-challenge", symbol, by_hand)
    raise ServiceError("service-strange", symbol, by_hand)
