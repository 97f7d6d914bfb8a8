"""The version of resdiff: one place, read by the build, the command and the manifest of a changelog."""

__all__ = ["__version__"]

__version__ = "0.1.0"
