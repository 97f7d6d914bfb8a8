"""Word files as bytes: without a time where they are ours, with all else as it was where they are a person's."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["undated", "with_parts"]

DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold
CONTENT_TYPES = "[Content_Types].xml"  # stands first, as Word writes it


def undated(data: bytes) -> bytes:
    """A file of ours, its parts sorted and without a time: the bytes depend on what stands in it alone."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as written:
        for name in sorted(given.namelist(), key=lambda part: (part != CONTENT_TYPES, part)):
            info = ZipInfo(name, DATE)
            info.compress_type = ZIP_DEFLATED
            written.writestr(info, given.read(name))
    return packed.getvalue()


def with_parts(archive: ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """A person's file with some parts changed: the same parts in the same order, with their times and flags, then those
    that are new."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as written:
        written.comment = archive.comment
        for given in archive.infolist():
            info = ZipInfo(given.filename, given.date_time)
            info.compress_type = given.compress_type
            info.external_attr, info.create_system = given.external_attr, given.create_system
            name = given.filename
            written.writestr(info, changed[name] if name in changed else archive.read(given))
        for name in sorted(changed.keys() - set(archive.namelist())):
            info = ZipInfo(name, archive.infolist()[0].date_time)
            info.compress_type = ZIP_DEFLATED
            written.writestr(info, changed[name])
    return packed.getvalue()
