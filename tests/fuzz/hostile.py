"""Hostile inputs: small real files of each kind, damaged in the ways that break readers, blindly or with their structure.

``damaged`` gives an input; ``feeds.feed`` gives it to what reads that kind.
"""

# ruff: noqa: E501 - rows of syntax

import io
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path

import mutants

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "assistance-technique-terrorisme"
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SCANS = ROOT / "tests" / "gold" / "scans"
# What each kind is made of: put in, over and over, these nest, refer, count and end where they should not.
BITS = {
    "txt": ["[^1]", "[^1]: ", "\n\n1. ", "a) ", "\f", "1\n", "A/RES/72/194\n", "Annexe\n\n", "-\n", " ;", "² ", "’", "\x00", "\x1b["],
    "front": ["---\n", "...\n", "symbol: ", "  ", "- ", "? ", "<<: *a\n", "source:\n", "# x\n", "\t", "%YAML 9.9\n", "\x00"],
    "table": ["[[link]]\n", "[link]\n", "old = ", "new = [", "]\n", "title.fr = ", "editions = [\"A/RES/1/1\"]\n", "\x00", "\"\"\"", "[a]\n" * 2],
    "kept": ["{", "}", "[", "]", ",", ":", "null", "1e9", "\"", "\\u0000", "\x00"],
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


TEXT = """---
symbol: "A/RES/9{n}/1"
title: "Assistance technique"
language: "fr"
session: "9{n}"
adopted: "203{n}-12-18"
series: "s"
source:
  kind: "official"
  url: "https://docs.un.org/fr/A/RES/9{n}/1"
---

*L’Assemblée générale*,

*Rappelant* sa résolution 8{n}/1 du 18 décembre 2033[^1],

1. *Prie* l’Office d’aider {how} les États qui le demandent :

   a) À se doter de lois ;

2. *Décide* de rester saisie de la question.

[^1]: Voir [A/{n}/7](x).
"""
TABLES = {
    "series.toml": b'key = "s"\neditions = ["A/RES/90/1", "A/RES/91/1"]\n\n[title]\nfr = "Assistance"\n',
    "links.toml": b'[[link]]\nold = "op1"\nnew = ["op1", "op2"]\n\n[[forbid]]\nold = "op2"\nnew = "op1"\n',
    "topics.toml": b'[[topic]]\nid = "x"\nfr = "Lois"\nen = "Laws"\nterms = ["lois", "textes de loi"]\n',
}
PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><title>R</title><style>p{{}}</style></head>
<body lang=FR><div class=WordSection1><p class=MsoNormal align=center><b>91/1. Assistance<o:p></o:p></b></p>{body}
<p class=MsoNormal style='margin-left:1cm'><span lang=FR>Prie<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1">
<span class=MsoFootnoteReference>[1]</span></a> l’Office ;</span></p><table border=0><tr><td valign=top>2.</td><td>Décide</td></tr>
</table><ol start=3 type=a><li value=4>lois<li>armes</ol><form><input name=q value=x><select><option selected>Oui</select></form></div>
<div style='mso-element:footnote-list'><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><sup>1</sup></a>
Note.</p></div></div><iframe src=x></iframe></body></html>"""


@cache
def seeds(kind):
    """The undamaged files of a kind; of a table, a manifest and the like as (name, bytes)."""
    text = (CORPUS / "A-RES-74-175.fr.md").read_text(encoding="utf-8")
    plain = text.split("---\n", 2)[2].replace("*", "")
    body = "".join(f"<p>{block}</p>\n" for block in plain[:4000].split("\n\n"))
    match kind:
        case "txt":
            scan = (CORPUS / "A-RES-74-175.fr.ocr.txt").read_bytes()
            return [plain[:5000].encode(), scan[:5000], scan[-4000:], plain[-5000:].encode("cp1252", "replace")]
        case "md":
            small = TEXT.format(n=1, how="vite").encode()
            return [text[:5000].encode(), (text[:900] + text[-4000:]).encode(), small]
        case "front":
            whole = (CORPUS / "A-RES-74-175.fr.md").read_bytes()
            return [TEXT.format(n=1, how="vite").encode(), whole[: whole.index(b"\n---\n") + 5] + b"\n1. Prie.\n"]
        case "html":
            note = "<p>Un<a href='#n'><sup>1</sup></a></p><div id='n'><p>1. Deux.</p></div><ol><li>a<li>b</ol>"
            return [f"<html><body>{body}{note}</body></html>".encode(), PAGE.format(body=body[:1500]).encode()]
        case "docx":
            return [_word(plain[:3000]), _real_word(), _redline()]
        case "pdf":
            return [_printed(), _printed(packed=True), *_real_pages()]
        case "table":
            return sorted(TABLES.items())
        case "corpus":
            texts = {f"A-RES-9{n}-1.fr.md": TEXT.format(n=n, how="vite" * n).encode() for n in range(3)}
            return sorted({**texts, **TABLES}.items())
        case _:
            raise ValueError(kind)


def _real_word():
    """A Word file that people wrote, without the parts that nobody reads."""
    with zipfile.ZipFile(SCANS / "A-72-194.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    styles = parts["word/styles.xml"]
    few = styles[: styles.index(b"<w:style ")] + b"".join(re.findall(rb"<w:style .*?</w:style>", styles, 16)[:25])
    return packed({n: d for n, d in parts.items() if d and n.startswith(("[C", "_rels", "word/d", "word/n", "word/_r"))}
                  | {"word/styles.xml": few + b"</w:styles>"})  # fmt: skip


def _redline():
    """A Word file with tracked changes, moves and notes: what we write ourselves."""
    from resdiff.comparison import compare
    from resdiff.parsing import parse
    from resdiff.reading import read
    from resdiff.rendering import render
    from resdiff.report import build

    old, new = (parse(read(TEXT.format(n=n, how=how).encode(), origin="x.md")) for n, how in ((1, "vite"), (2, "tôt")))
    data = render(build(compare(old, new)), "docx", date="2030-01-01")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(
        {n: d for n, d in parts.items() if d and (n.startswith(("[C", "_rels", "word/d", "word/foot", "word/_r")))}
    )


def _real_pages():
    """The pages of a PDF that a word processor made, each a file of its own."""
    import pypdfium2

    whole, files = pypdfium2.PdfDocument(SCANS / "A-72-194.pdf"), []
    for number in range(len(whole)):
        with pypdfium2.PdfDocument.new() as one:
            one.import_pages(whole, [number])
            out = io.BytesIO()
            one.save(out)
        files.append(re.sub(rb"\(D:[^)]*\)", b"(D:20300101000000+00'00')", out.getvalue()))
    return files


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
    """An input of that kind, damaged once or a few times; of a table or a corpus as (name, bytes)."""
    seed = random.choice(seeds(kind))
    if kind in ("table", "corpus"):
        name, data = seed
        return name, _damage("table" if name.endswith("toml") else "md", data, random)
    if kind == "docx" and random.random() < 0.9:
        return _damaged_word(seed, random)
    return _damage(kind, seed, random)


def damaged_json(data, random):
    """Kept values, damaged: as JSON that says something else, or as bytes."""
    return mutants.values(data, random) if random.random() < 0.7 else _broken("kept", data, random)


def _damage(kind, data, random):
    """Damage with the structure, blind damage, or one after the other."""
    way = random.random()
    if way < 0.7:
        bits = [bit.encode() for bit in BITS[kind]]
        match kind:
            case "html":
                data = mutants.page(data, random, bits)
            case "pdf":
                data = mutants.objects(data, random, bits)
            case "front" | "table":
                data = mutants.fields(data, random, bits)
            case "txt" | "md" if kind == "md" and random.random() < 0.3:
                data = mutants.fields(data, random, bits)
            case "txt" | "md":
                data = mutants.blocks(data, random, bits)
    return _broken(kind, data, random) if way > 0.55 or kind == "docx" else data


def _damaged_word(data, random):
    """A Word file with damage inside a part, or one whose parts are missing, swapped or called otherwise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    name = random.choice([*names[1:], "word/document.xml", "word/document.xml"])
    match random.randrange(10):
        case 0:
            del parts[name]
        case 1:
            other = random.choice(names)
            parts[name], parts[other] = parts[other], parts[name]
        case 2:
            parts[random.choice(["word/document2.xml", "../x.xml", "/etc/passwd", "word\\x.xml", "é.xml"])] = parts.pop(
                name
            )
        case 3:
            parts[name] = _broken("docx", parts[name], random)
        case 4:
            parts[name] = _tangled(parts[name], random)
        case _:
            parts[name] = mutants.tree(parts[name], random)
    return packed(parts)


def _tangled(data, random):
    """A part that stays XML: whole elements put in, nested and repeated at the borders of others."""
    for _ in range(random.choice((1, 3, 9))):
        borders = [match.start() for match in re.finditer(b"<w:", data)][1:]
        at, times = random.choice(borders or [0]), random.choice((1, 9, 200))
        opening, closing = (end.encode() for end in random.choice(WHOLE))
        data = data[:at] + opening * times + closing * times + data[at:]
    return data[:400_000]


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
