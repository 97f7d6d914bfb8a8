"""``python -m resdiff``."""

from resdiff.cli import main

main()
