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
import queue
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from resdiff import files, limits
from resdiff.errors import NotFoundError, OutputError, ServiceError, UsageError
from resdiff.symbol import file_stem, normalise
from resdiff.version import __version__

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "Service", "fetch"]

BASE = "https://documents.un.org"
BY_HAND = "https://docs.un.org/{language}/{symbol}"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
RETRY = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
# Where the United Nations keep documents. What comes from elsewhere is not theirs, whoever sends us there.
HOSTS = frozenset(
    {
        "documents.un.org",
        "docs.un.org",
        "undocs.org",
        "www.undocs.org",
        "daccess-ods.un.org",
        "documents-dds-ny.un.org",
        "digitallibrary.un.org",
    }
)
RE_DIGEST = re.compile(r"[0-9a-f]{64}")
Result = TypeVar("Result")

MAGIC = (
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"{\\rtf", "application/rtf"),
)


# What ends a whole file, and in how many of its last bytes it stands; the other formats do not say where they end.
ENDS = {b"%PDF": (b"%%EOF", 4_096), b"PK\x03\x04": (b"PK\x05\x06", 66_000), b"{\\rtf": (b"}", 64)}


class Fetched(Struct, frozen=True):
    """A document as it came: its bytes, their hash, what they are, from which address in the end, on which day (ISO).

    ``path`` is the file it is kept in; None when it could not be kept.
    """

    symbol: str
    language: str
    media_type: str
    url: str
    sha256: str
    date: str
    path: Path | None
    data: bytes


class Answer(Struct, frozen=True):
    """What came of one request: its address, status, what a firewall says, seconds it asks to wait, where it sends us,
    body."""

    url: str
    status: int
    waf: str
    wait: float
    location: str
    data: bytes


class Service(Struct, frozen=True):
    """The document service and how to speak to it. A test gives its own address, clock and sleep."""

    base: str = BASE
    time_limit: float = limits.FETCH_SECONDS
    size_limit: int = limits.FETCH_BYTES
    pace: float = limits.FETCH_PACE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def address(self, symbol: str, language: str, form: str) -> str:
        """The address of a document; slashes and spaces of the symbol are encoded, which every server accepts."""
        return f"{self.base}/api/symbol/access?" + urlencode({"s": symbol, "l": language, "t": form})


def fetch(
    symbol: str,
    cache: Path | None,
    today: str,
    *,
    language: str = "fr",
    form: str = "pdf",
    refresh: bool = False,
    service: Service | None = None,
) -> Fetched:
    """The document of that symbol, from the cache or from the service.

    ``today`` is written beside what comes; ``refresh`` asks the service even when the cache has it. A cache in which
    others can write, or that is full, is done without. Raises UsageError for a symbol that is none, NotFoundError when
    it is not published, ServiceError when the service refuses.
    """
    full = normalise(symbol)
    if not full:
        raise UsageError("symbol-none", symbol)
    if language not in LANGUAGES:
        raise UsageError("language-none", language, ", ".join(LANGUAGES))
    service = service or Service()
    if not _is_address(service.base):
        raise ServiceError("service-address", service.base)
    shelf = files.inside(cache, f"{file_stem(full)}.{language}.{form}.json") if cache and _is_ours(cache) else None
    known = _known(shelf) if shelf else ()
    if known and not refresh:
        return known[-1]
    by_hand = BY_HAND.format(language=language, symbol=full.replace(" ", "%20"))
    url, data = _download(service.address(full, language, form), service, full, by_hand)
    media_type = _media_type(data, full, by_hand)
    if not _is_whole(data):
        raise ServiceError("service-cut", full, by_hand)
    fetched = Fetched(full, language, media_type, url, hashlib.sha256(data).hexdigest(), today, None, data)
    return _keep(fetched, shelf) if shelf else fetched


def _is_address(base: str) -> bool:
    """Whether a service may stand there: a printable address of the web, with a host."""
    try:
        parts = urlsplit(base)
        is_of_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return is_of_web and base.isprintable() and " " not in base
    except ValueError:  # a port that is none, a bracket too many
        return False


def _is_ours(cache: Path) -> bool:
    """Whether what lies in a folder was put there by this person; it is made when it is missing."""
    try:
        return files.private(cache, readable=True) or files.is_private(cache, readable=True)
    except (OSError, ValueError):
        return False


def _keep(fetched: Fetched, shelf: Path) -> Fetched:
    """Write a document and its row, and say where; a disk that is full or read-only is no reason to lose the text."""
    kept = replace(fetched, path=shelf.parent / fetched.sha256)
    try:
        files.sweep(shelf.parent)
        files.write(shelf.parent / fetched.sha256, fetched.data)
        with files.alone(shelf.parent):
            known = _known(shelf)
            if kept.sha256 not in {each.sha256 for each in known}:
                rows = [*map(_row, (*known, kept))]
                files.write(shelf, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
    except OutputError:
        return fetched
    return kept


class _Row(Struct, frozen=True):
    """What is kept of a document beside its bytes, which lie in the file that ``path``, its hash, names."""

    symbol: str
    language: str
    media_type: str
    url: str
    sha256: str
    date: str
    path: str


def _row(fetched: Fetched) -> dict[str, str]:
    f = fetched
    return asdict(_Row(f.symbol, f.language, f.media_type, f.url, f.sha256, f.date, f.sha256))


def _known(shelf: Path) -> tuple[Fetched, ...]:
    """What a symbol gave so far, oldest first; rows whose bytes are gone or damaged do not count."""
    try:
        rows = msgspec.json.decode(files.contents(shelf), type=list[_Row])
        return tuple(known for row in rows if (known := _recalled(row, shelf.parent)))
    except (ValueError, RecursionError):
        return ()


def _recalled(row: _Row, cache: Path) -> Fetched | None:
    if not RE_DIGEST.fullmatch(row.sha256):
        return None
    path = cache / row.sha256
    data = files.contents(path)
    if hashlib.sha256(data).hexdigest() != row.sha256 or not _is_whole(data):
        return None
    return Fetched(row.symbol, row.language, row.media_type, row.url, row.sha256, row.date, path, data)


def _download(url: str, service: Service, symbol: str, by_hand: str) -> tuple[str, bytes]:
    """The address where a document was in the end, and its bytes; asked again when the service asks for patience."""
    httpx = _client_library()
    deadline = service.clock() + service.time_limit
    headers = {"User-Agent": f"resdiff/{__version__}", "Accept": "*/*"}
    with httpx.Client(
        follow_redirects=False, timeout=service.time_limit / limits.FETCH_TRIES, headers=headers
    ) as client:
        for turn in range(limits.FETCH_TRIES):
            if turn:
                service.sleep(service.pace)
            try:
                answer = _in_time(
                    lambda: _follow(client, url, service, deadline, (symbol, by_hand)), deadline - service.clock()
                )
            except (httpx.TimeoutException, TimeoutError) as error:
                raise ServiceError("service-slow", symbol, by_hand) from error
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
                raise ServiceError("service-unreachable", service.base, type(error).__name__) from error
            if answer.status not in RETRY:
                return answer.url, _checked(answer, symbol, by_hand)
            if answer.wait > limits.FETCH_PATIENCE or service.clock() + answer.wait > deadline:
                break
            service.sleep(answer.wait)
    raise ServiceError("service-busy", symbol, by_hand)


def _in_time(work: Callable[[], Result], seconds: float) -> Result:
    """The result of the work. Raises TimeoutError past the seconds, whatever it waits for.

    The limits of the library hold for one read: headers that come byte by byte would never end.
    """
    results: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((work(), None))
        except BaseException as error:
            results.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = results.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # a result where there is no error


def _follow(client: "httpx2.Client", url: str, service: Service, deadline: float, named: tuple[str, str]) -> Answer:
    """The answer at an address or where it sends us; every step is at the service itself or at the United Nations."""
    for _ in range(limits.FETCH_REDIRECTS):
        if not _is_allowed(url, service.base):
            symbol, by_hand = named
            raise ServiceError("service-elsewhere", symbol, url[:200], by_hand)
        answer = _once(client, url, service, deadline)
        if answer.status not in MOVED or not answer.location:
            return answer
        url = urljoin(url, answer.location)
    raise ServiceError("service-unreachable", service.base, "TooManyRedirects")


def _is_allowed(url: str, base: str) -> bool:
    """Whether something may be fetched there: at the service that was named, or over https at one of ``HOSTS``."""
    try:
        parts, own = urlsplit(url), urlsplit(base)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        return (parts.scheme, parts.netloc.removesuffix(":443") in HOSTS) == ("https", True)
    except ValueError:
        return False


def _client_library() -> Any:  # noqa: ANN401 - a module
    try:
        import httpx2
    except ImportError as error:
        raise UsageError("fetch-extra") from error
    return httpx2


def _once(client: "httpx2.Client", url: str, service: Service, deadline: float) -> Answer:
    """One request, bounded in size and time."""
    with client.stream("GET", url) as response:
        chunks, size = [], 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > service.size_limit:
                raise ServiceError("service-too-large", service.size_limit // 2**20)
            if service.clock() > deadline:
                raise TimeoutError
            chunks.append(chunk)
        wait = response.headers.get("Retry-After", "")
        seconds = float(wait) if wait.isascii() and wait.isdigit() else service.pace
        waf = response.headers.get("x-amzn-waf-action", "")
        location = response.headers.get("Location", "")
        return Answer(url, response.status_code, waf, seconds, location, b"".join(chunks))


def _checked(answer: Answer, symbol: str, by_hand: str) -> bytes:
    """The body of a good answer; the sentence that fits any other."""
    if answer.status == 202 or answer.waf:
        raise ServiceError("service-challenge", symbol, by_hand)
    if answer.status == 404 or (answer.status == 200 and not answer.data.strip()):
        raise NotFoundError("not-published", symbol, by_hand)
    if answer.status != 200:
        raise ServiceError("service-refused", symbol, answer.status, by_hand)
    return answer.data


def _is_whole(data: bytes) -> bool:
    """Whether a document has its end: one that was cut on its way would be kept, and be damaged, for ever."""
    return all(end in data[-last:] for magic, (end, last) in ENDS.items() if data.startswith(magic))


def _media_type(data: bytes, symbol: str, by_hand: str) -> str:
    """What the bytes are. A page instead of a document is the service asking for a browser."""
    for magic, media_type in MAGIC:
        if data.startswith(magic):
            return media_type
    start = data[:2000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise ServiceError("service-challenge", symbol, by_hand)
    raise ServiceError("service-strange", symbol, by_hand)
