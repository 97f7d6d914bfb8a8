"""What git knows of the files of a corpus: which changed since a revision, and what they were then.

git is asked, never told: nothing here writes to a repository. Names of revisions are a person's and reach no shell; one
that git could take for an option is none.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from resdiff import limits
from resdiff.errors import InputError, NotFoundError, UsageError

__all__ = ["Changed"]

SECONDS = 120


class Changed(Struct, frozen=True):
    """The files below a folder that changed since a revision, by their whole path, with the letter git has for the way:
    A added, M modified, D deleted. Files that nobody has added yet are added."""

    root: Path
    revision: str
    files: Mapping[Path, str]

    @classmethod
    def since(cls, revision: str, folder: Path) -> "Changed":
        """What changed since the revision, or since the last one that we have in common with it.

        Raises NotFoundError where there is no repository or no such revision, UsageError for a name that is none.
        """
        if revision.startswith("-") or not revision.isprintable() or not revision.strip():
            raise UsageError("git-revision", revision)
        root = Path(_git(folder, "rev-parse", "--show-toplevel", missing="git-missing", named=folder))
        given = _git(folder, "rev-parse", "--verify", f"{revision}^{{commit}}", missing="git-revision", named=revision)
        try:
            wanted = _git(folder, "merge-base", given, "HEAD")
        except InputError:  # a clone without the history, or nothing in common
            wanted = given
        told = _git(folder, "diff", "--no-ext-diff", "--name-status", "--no-renames", "-z", wanted, "--", ".")
        new = _git(folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ".")
        words = told.split("\0")
        found = {(root / name).resolve(): way for way, name in zip(words[::2], words[1::2], strict=False) if name}
        found |= {(root / name).resolve(): "A" for name in new.split("\0") if name}
        return cls(root.resolve(), wanted, found)

    def has(self, path: Path) -> bool:
        """Whether a file changed."""
        return path.resolve() in self.files

    def way(self, path: Path) -> str:
        """How it changed; empty where it did not."""
        return self.files.get(path.resolve(), "")

    def before(self, path: Path) -> bytes:
        """What a file was then. Raises InputError."""
        name = path.resolve().relative_to(self.root).as_posix()
        data = _run(self.root, "cat-file", "blob", f"{self.revision}:{name}")[0]
        if data is None or len(data) > limits.FILE:
            raise InputError("git-failed", f"{self.revision[:12]}:{name}")
        return data


def _git(folder: Path, *call: str, missing: str = "", named: object = "") -> str:
    """What git says. Raises NotFoundError of that code for what is missing, else InputError, where it fails."""
    said, why = _run(folder, *call)
    if said is None:
        raise NotFoundError(missing, named, why) if missing else InputError("git-failed", why)
    return said.decode(errors="surrogateescape").removesuffix("\n")


def _run(folder: Path, *call: str) -> tuple[bytes | None, str]:
    """What git prints, None where it fails or is not there, and why. The settings of a repository start no program."""
    safe = ("-c", "core.fsmonitor=false", "-c", "diff.relative=false", "-c", "core.quotePath=false")
    try:
        done = subprocess.run(
            ["git", *safe, "--no-optional-locks", "-C", str(folder), *call],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return None, str(error)
    why = done.stderr.decode(errors="replace").strip().partition("\n")[0]
    return (done.stdout if done.returncode == 0 else None), why
