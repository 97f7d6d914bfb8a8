"""resdiff: what changed between two successive United Nations resolutions, word by word, and what it means."""

__version__ = "0.1.0"
