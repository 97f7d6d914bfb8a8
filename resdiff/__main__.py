"""``python -m resdiff``."""

from resdiff.cli import main

if __name__ == "__main__":  # a process that works for the local page loads this module too
    main()
