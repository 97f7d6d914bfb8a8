"""The command ``serve``: whether the page can be opened here, where it listens, what a person is told."""

import errno
import gc
import os
import re
import socket
import threading
import webbrowser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from msgspec import Struct

from resdiff import limits
from resdiff.corpus import locate
from resdiff.errors import INTERRUPTED, OutputError, UsageError
from resdiff.messages import message

__all__ = ["ServeOptions", "run_serve"]

NEEDED = ("starlette", "uvicorn", "python_multipart", "jinja2")  # what the extra brings
ALL = ("0.0.0.0", "::")
BACKLOG = 128
RE_HOST = r"(?i:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?|[0-9a-f:]*:[0-9a-f:.]*)"  # a name, or an address of IPv6


class ServeOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the page listens (port 0: any that is free), other names under which it is asked for, the corpus it shows,
    and whether the browser is opened."""

    port: int = 8000
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    corpus: Path | None = None
    browser: bool = True
    lang: str = "fr"


def run_serve(options: ServeOptions) -> int:
    """Serve the page until it is stopped. Raises UsageError where the extra is missing and for a name that no page can
    be asked for under, OutputError for a port that is taken and an address that this machine has not, NotFoundError
    for a corpus that is not there."""
    if not all(find_spec(name) for name in NEEDED):
        raise UsageError("web-missing")
    for name in options.names:
        if not re.fullmatch(RE_HOST, name):
            raise UsageError("host-name", name)
    if options.corpus is not None:
        locate(options.corpus)
    listening = _listening(options)
    gc.enable()  # a process that stays has cycles worth finding
    web, uvicorn = import_module("resdiff.web.app"), import_module("uvicorn")
    port = listening.getsockname()[1]
    settings = web.Settings(host=options.host, port=port, names=options.names, corpus=options.corpus)
    app = web.make_app(settings)
    address = _address(options, port)

    def opening() -> str:
        return f"{address}/open?token={app.tokens.mint()}"

    app.on_opened = lambda: click.echo(message("web.next-address", opening(), lang=options.lang), err=True)
    _tell(options, address, opening())
    configuration = uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, proxy_headers=False, ws="none",
        timeout_keep_alive=30, timeout_graceful_shutdown=3, limit_concurrency=limits.CONNECTIONS,
        http=import_module("resdiff.web.connections").Punctual, h11_max_incomplete_event_size=limits.HEAD,
    )  # fmt: skip
    server = uvicorn.Server(configuration)
    with listening:
        server.run(sockets=[listening])
    return INTERRUPTED if not server.started else 0


def _listening(options: ServeOptions) -> socket.socket:
    """The socket, bound, so that a port that is taken is told before anything is loaded."""
    try:
        family, _, _, _, where = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(BACKLOG)
    except (OSError, UnicodeError) as error:
        if isinstance(error, socket.gaierror | UnicodeError) or error.errno == errno.EADDRNOTAVAIL:
            raise OutputError("host-unknown", options.host) from error
        why = error.strerror or error
        raise OutputError("port-taken", options.host, options.port, why) from error
    return made


def _address(options: ServeOptions, port: int) -> str:
    host = options.names[0] if options.names else "127.0.0.1" if options.host in ALL else options.host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _tell(options: ServeOptions, address: str, opening: str) -> None:
    """Say where the page is, and open it, or say which address opens it."""
    click.echo(message("web.listening", address, lang=options.lang), err=True)
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        click.echo(message("web.beyond", lang=options.lang), err=True)
    if not options.browser:
        click.echo(message("web.open-address", opening, lang=options.lang), err=True)
        return
    threading.Timer(1.0, _open, [opening, options.lang]).start()


def _open(opening: str, lang: str) -> None:
    """Open the browser; say the address where there is none."""
    if not webbrowser.open(opening):
        click.echo(message("web.open-address", opening, lang=lang), err=True)
