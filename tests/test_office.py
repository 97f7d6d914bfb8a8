"""Files that only LibreOffice can open: read through it when it is there, one sentence when it is not."""

import io
import stat
import tempfile
import zipfile

import pytest
from printing import flat_document, needs_office, printed

from resdiff import outside
from resdiff.errors import InputError
from resdiff.model import Part
from resdiff.parsing import parse
from resdiff.reading import read

RTF = rb"{\rtf1\ansi\ansicpg1252 L\u8217?Assembl\'e9e g\'e9n\'e9rale,\par 1. Prie les \'c9tats d\u8217?agir ;\par}"


def content(source):
    resolution = parse(source)
    body = [(p.id, p.text) for p in resolution.paragraphs if p.part is not Part.PREFACE]
    return body, [(n.label, n.text, n.paragraph, n.offset) for n in resolution.footnotes]


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("name", ["72/194", "74/175", "78/226"])
@pytest.mark.parametrize("form", ["docx", "odt", "rtf", "doc:MS Word 97"])
def test_a_resolution_is_read_back_word_for_word(corpus, tmp_path, name, form):
    source = read(corpus.find(name)[1].path)
    again = read(printed(flat_document(source), tmp_path, form))
    assert content(again) == content(source)
    assert parse(again).title == source.header.title


@needs_office
@pytest.mark.slow
def test_a_small_file_is_read_and_nothing_stays_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert read(RTF).text == "L’Assemblée générale,\n\n1. Prie les États d’agir ;\n"
    assert list(tmp_path.iterdir()) == []


@needs_office
@pytest.mark.slow
def test_a_program_that_is_killed_leaves_no_socket(monkeypatch):
    """A picture that says it has two gigabytes of bytes: LibreOffice makes room for them."""
    run, seen = outside.run, []

    def look(call, folder, seconds):
        made = run(call, folder, seconds)
        seen.append((outside._socket(folder), outside._socket(folder).exists()))
        return made

    monkeypatch.setattr(outside, "run", look)
    monkeypatch.setattr(outside, "OFFICE_SECONDS", 15)
    with pytest.raises(InputError, check=lambda error: error.code == "office-failed"):
        read(RTF[:-1] + rb"{\pict\jpegblip\bin2000000000 abc}}")
    (socket, was_there) = seen[0]
    assert was_there
    assert not socket.exists()


@needs_office
@pytest.mark.slow
def test_the_folder_is_private_and_the_name_of_the_file_is_ours(monkeypatch):
    seen = []

    def look(call, folder, seconds):
        seen.append((stat.S_IMODE(folder.stat().st_mode), call[-1]))

    monkeypatch.setattr(outside, "run", look)
    with pytest.raises(InputError, check=lambda error: error.code == "office-failed"):
        read(RTF, origin="; rm -rf --version.rtf")
    assert seen[0][0] == 0o700
    assert seen[0][1].endswith("/text.in")


@needs_office
@pytest.mark.slow
def test_what_a_document_links_to_is_not_fetched(httpserver):
    address = httpserver.url_for("/picture.png")
    link = rb"{\field{\*\fldinst INCLUDEPICTURE \\d \"%s\"}{\fldrslt x}}" % address.encode()
    text = rb"{\field{\*\fldinst INCLUDETEXT \"%s\"}{\fldrslt y}}" % address.encode()
    assert "Prie" in read(RTF[:-1] + link + text + rb"\par}").text
    assert httpserver.log == []


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0" + b"x" * 3000, b"\xffWPC" + b"\x00" * 500])
def test_a_damaged_file_is_one_sentence(data):
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code in ("office-failed", "file-empty")


@needs_office
@pytest.mark.slow
def test_a_program_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(outside, "OFFICE_SECONDS", 0.05)
    with pytest.raises(InputError, check=lambda error: error.code == "office-failed"):
        read(RTF)


@pytest.mark.slow
def test_an_opendocument_that_unpacks_to_gigabytes_never_reaches_libreoffice(monkeypatch):
    monkeypatch.setattr(outside, "run", lambda *_: pytest.fail("LibreOffice is asked"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        with archive.open("content.xml", "w") as part:
            for _ in range(200):
                part.write(b" " * 1_000_000)
    with pytest.raises(InputError, check=lambda error: error.code == "reader-stopped"):
        read(out.getvalue())


@pytest.mark.parametrize("data", [RTF, b"\xd0\xcf\x11\xe0\xa1\xb1", b"\xffWPC\x00"])
def test_without_libreoffice_the_way_out_is_told(monkeypatch, data):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, check=lambda error: error.code == "office-missing"):
        read(data)
