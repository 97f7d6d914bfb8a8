"""The document service, when a person asked for it: what to keep where, and what a text that came from it is."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Provenance, Resolution, TextKind

if TYPE_CHECKING:
    from resdiff.fetch import Fetched

__all__ = ["Online", "official"]


class Online(Struct, frozen=True):
    """Where to keep what comes, which day it is (ISO), and the address of the service when it is another one."""

    folder: Path
    today: str
    base: str = ""

    def fetched(self, symbol: str, language: str, *, form: str = "pdf", refresh: bool = False) -> "Fetched":
        """The document of that symbol. Raises UsageError, NotFoundError, ServiceError."""
        from resdiff.fetch import Service, fetch

        service = Service(base=self.base.rstrip("/")) if self.base else Service()
        return fetch(symbol, self.folder, self.today, language=language, form=form, refresh=refresh, service=service)


def official(resolution: Resolution, got: "Fetched") -> Resolution:
    """The resolution as the official text, with the address and the hash of the document that the service sent."""
    about = Provenance(TextKind.OFFICIAL, url=got.url, sha256=got.sha256)
    return replace(resolution, symbol=resolution.symbol or got.symbol, provenance=about)
