"""Hostile inputs: small real files of each format, damaged in the ways that break readers."""

# ruff: noqa: E501 - rows of syntax

import io
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "assistance-technique-terrorisme"
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What each format is made of: put in, over and over, these nest, refer, count and end where they should not.
BITS = {
    "txt": ["[^1]", "[^1]: ", "\n\n1. ", "a) ", "\f", "1\n", "A/RES/72/194\n", "Annexe\n\n", "-\n", " ;", "² ", "’", "\x00", "\x1b["],
    "md": ["---\n", "[^1]", "[^1]: ", "- ", "> ", "1. ", "    ", "`", "*", "_", "[", "](", "<b>", "\\", "&amp;", "\t"],
    "html": ["<p>", "<div>", "<table><tr><td>", "</p>", "<a href='#a'>1</a>", "<p id=a>", "<sup>2</sup>", "<!--", "<ol start=9>",
             "<li>", "&nbsp;", "&#0;", "&#x110000;", "<![CDATA[", "<script>", "</body>", "<br><br>", "<pre>", "\x00"],
    "docx": ["<w:p>", "</w:p>", "<w:ins>", "</w:ins>", "<w:tbl>", "<w:footnoteReference w:id='1'/>", "&#1;", "<w:numPr/>", "<!--",
             "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<w:vertAlign w:val='superscript'/>", "]]>", "<w:br w:type='page'/>"],
    "pdf": ["q ", "Q ", "BT ", "ET ", "/F 10 Tf ", "(a) Tj ", "1 0 0 1 9e9 -9e9 cm ", "endobj\n", "<<", ">>", "[", "]", "3 0 R ",
            "stream\n", "endstream", "/Kids", "/Count 99999999", "/Length 99999999", "/Filter/FlateDecode", "0 Tr ", "NaN "],
}  # fmt: skip
WHOLE = [
    ("<w:p>", "</w:p>"), ("<w:ins>", "</w:ins>"), ("<w:del><w:r><w:delText>a</w:delText></w:r>", "</w:del>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("<w:p><w:pPr><w:numPr><w:ilvl w:val='9'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r>", "</w:p>"),
    ("<w:r><w:footnoteReference w:id='1'/>", "</w:r>"), ("<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t>", "</w:r>"),
    ("<w:r><w:sym w:char='F0B7'/><w:br/><w:tab/>", "</w:r>"), ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), ("<w:lvl w:ilvl='1'>", "</w:lvl>"),
    ("<w:r><w:pict><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:pict></w:r>"),
]  # fmt: skip


def seeds(kind):
    """The undamaged files of a format."""
    text = (CORPUS / "A-RES-74-175.fr.md").read_text(encoding="utf-8")
    plain = text.split("---\n", 2)[2].replace("*", "")
    match kind:
        case "txt":
            scan = (CORPUS / "A-RES-74-175.fr.ocr.txt").read_bytes()
            return [plain[:5000].encode(), scan[:5000], scan[-4000:], plain[-5000:].encode("cp1252", "replace")]
        case "md":
            return [text[:5000].encode(), (text[:900] + text[-4000:]).encode()]
        case "html":
            body = "".join(f"<p>{block}</p>\n" for block in plain[:4000].split("\n\n"))
            note = "<p>Un<a href='#n'><sup>1</sup></a></p><div id='n'><p>1. Deux.</p></div><ol><li>a<li>b</ol>"
            return [f"<html><body>{body}{note}</body></html>".encode()]
        case "docx":
            return [_word(plain[:3000])]
        case _:
            return [_printed(), _printed(packed=True)]


def _word(text):
    paragraphs = "".join(f"<w:p><w:r><w:t>{block}</w:t></w:r></w:p>" for block in text.split("\n\n"))
    call = "<w:p><w:r><w:t>Un</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    note = "<w:footnote w:id='1'><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote>"
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document xmlns:w='{NS}'><w:body>{paragraphs}{call}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes xmlns:w='{NS}'>{note}</w:footnotes>",
            "word/numbering.xml": f"<w:numbering xmlns:w='{NS}'><w:abstractNum w:abstractNumId='0'>{level}"
            "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
        }
    )


def packed(parts):
    """A ZIP archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _printed(*, packed=False):
    lines = "".join(f"1 0 0 1 {108 if n % 3 else 80} {700 - 12 * n} Tm (ligne {n} du texte,) Tj " for n in range(40))
    content = (
        f"BT /F 10 Tf {lines} /F 6.5 Tf 1 0 0 1 180 703 Tm (1) Tj /F 8.5 Tf 1 0 0 1 80 60 Tm (1 Note.) Tj ET".encode()
    )
    filtered = b"/Filter/FlateDecode" if packed else b""
    content = zlib.compress(content) if packed else content
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), filtered, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % row for row in enumerate(objects, 1))
    return out + b"trailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n"


def damaged(kind, random):
    """A file of that format, damaged once or a few times; half of the Word files inside their parts."""
    data = random.choice(SEEDS.setdefault(kind, seeds(kind)))
    if kind == "docx" and random.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = random.choice(sorted(parts)[1:])
        break_part = _tangled if random.random() < 0.6 else _broken
        return packed(parts | {name: break_part(kind, parts[name], random)})
    return _broken(kind, data, random)


def _tangled(kind, data, random):
    """A part that stays XML: whole elements put in, nested and repeated at the borders of others."""
    for _ in range(random.choice((1, 3, 9))):
        borders = [place for place in range(len(data)) if data.startswith(b"<w:", place)]
        at, times = random.choice(borders[1:]), random.choice((1, 9, 200))
        opening, closing = (end.encode() for end in random.choice(WHOLE))
        data = data[:at] + opening * times + closing * times + data[at:]
    return data[:400_000]


SEEDS: dict[str, list[bytes]] = {}


def _broken(kind, data, random):
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((1, 4, 30, 300)))
        bit = random.choice(BITS[kind]).encode()
        match random.randrange(7):
            case 0:  # cut short
                data = data[: max(8, at)]
            case 1:  # one byte, any byte
                data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
            case 2:  # a piece gone
                data = data[:at] + data[end:]
            case 3:  # a piece again, many times
                data = data[:end] + data[at:end] * random.choice((2, 50)) + data[end:]
            case 4:  # a bit of syntax
                data = data[:at] + bit + data[at:]
            case 5:  # one nested, deep
                data = data[:at] + bit * random.choice((3, 300, 3000)) + data[at:]
            case _:  # two places swapped
                data = data[:at] + data[end:] + data[at:end]
        data = data[:400_000]
    return data
