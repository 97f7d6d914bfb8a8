"""The build of a wheel, of a source archive and of an editable install: the copies of the tables are made first."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs ``scripts/build-data``, which needs msgspec and simplemma: see ``[build-system]``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before anything is packed; ``artifacts`` of pyproject.toml takes what git ignores."""
        subprocess.run([sys.executable, Path(self.root) / "scripts" / "build-data"], check=True)
