"""Resolutions printed as the United Nations print them: flat OpenDocument written here, other formats by LibreOffice.

First page with its masthead, then running heads left and right, page and job numbers at the foot, body of 10 points
justified on 12, numbers before a tab, notes of 8.5 points below a rule, calls raised.
"""

# ruff: noqa: E501 - styles of a document

import re
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
STYLES = """
<office:font-face-decls><style:font-face style:name="T" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="12pt" fo:hyphenation-ladder-count="no-limit"/>
  <style:text-properties style:font-name="T" fo:font-size="10pt" fo:language="fr" fo:country="FR" fo:hyphenate="%(hyphenate)s"
   fo:hyphenation-remain-char-count="3" fo:hyphenation-push-char-count="3"/></style:default-style>
 <style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
  fo:text-indent="%(indent)s" fo:margin-bottom="6pt"><style:tab-stops><style:tab-stop style:position="2cm"/></style:tab-stops>
  </style:paragraph-properties></style:style>
 <style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:margin-left="2cm"
  fo:text-indent="-1.5cm" fo:margin-bottom="10pt"/><style:text-properties fo:font-weight="bold"/></style:style>
 <style:style style:name="Big" style:family="paragraph"><style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Right" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
 <style:style style:name="Head" style:family="paragraph"><style:paragraph-properties><style:tab-stops>
  <style:tab-stop style:position="16cm" style:type="right"/></style:tab-stops></style:paragraph-properties>
  <style:text-properties fo:font-size="8.5pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Foot" style:family="paragraph"><style:paragraph-properties><style:tab-stops>
  <style:tab-stop style:position="16cm" style:type="right"/></style:tab-stops></style:paragraph-properties>
  <style:text-properties fo:font-size="7pt"/></style:style>
 <style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="8.5pt"/></style:style>
 <style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 65%%"/></style:style>
 <style:style style:name="Footnote_20_Symbol" style:display-name="Footnote Symbol" style:family="text"><style:text-properties style:text-position="super 65%%"/></style:style>
 <style:style style:name="Lead" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
 <text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol"
  text:citation-body-style-name="Raised"
  text:start-numbering-at="document" style:num-format="1" text:footnotes-position="page"/>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21.59cm" fo:page-height="27.94cm"
  fo:margin-top="1.4cm" fo:margin-bottom="1.2cm" fo:margin-left="2.8cm" fo:margin-right="2.8cm">
  <style:footnote-sep style:width="0.5pt" style:rel-width="25%%" style:distance-before-sep="4pt"
   style:distance-after-sep="4pt"/></style:page-layout-properties>
  <style:header-style><style:header-footer-properties fo:min-height="1.2cm" fo:margin-bottom="0.6cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-top="0.5cm"/></style:footer-style>
 </style:page-layout>
</office:automatic-styles>
<office:master-styles>
 <style:master-page style:name="Standard" style:page-layout-name="L">
  <style:header><text:p text:style-name="Head">%(title)s<text:tab/>%(symbol)s</text:p></style:header>
  <style:header-left><text:p text:style-name="Head">%(symbol)s<text:tab/>%(title)s</text:p></style:header-left>
  <style:header-first><text:p text:style-name="Head"/></style:header-first>
  <style:footer><text:p text:style-name="Foot">17-23043<text:tab/><text:page-number text:select-page="current"/>/<text:page-count/></text:p></style:footer>
  <style:footer-left><text:p text:style-name="Foot"><text:page-number text:select-page="current"/>/<text:page-count/><text:tab/>17-23043</text:p></style:footer-left>
  <style:footer-first><text:p text:style-name="Foot">17-23043 (F)</text:p><text:p text:style-name="Foot">*1723043*</text:p></style:footer-first>
 </style:master-page>
</office:master-styles>
"""
MASTHEAD = """
<text:p text:style-name="Head">Nations Unies<text:tab/>{symbol}</text:p>
<text:p text:style-name="Big">Assemblée générale</text:p>
<text:p text:style-name="Right">Distr. générale</text:p>
<text:p text:style-name="Right">23 janvier 2018</text:p>
<text:p text:style-name="Body">Soixante-douzième session</text:p>
<text:p text:style-name="Body">Point 109 de l’ordre du jour</text:p>
<text:p text:style-name="Big">Résolution adoptée par l’Assemblée générale le {adopted}</text:p>
<text:p text:style-name="Body">[sur la base du rapport de la Troisième Commission (A/72/495)]</text:p>
<text:p text:style-name="Title">{short}. {title}</text:p>
"""
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
RE_CALL = re.compile(r"\[\^([^\]]+)\]")
RE_NOTE = re.compile(r"\[\^([^\]]+)\]: (.*)", re.DOTALL)
RE_NUMBER = re.compile(r"(\d+\.|[a-z]\)) ")

soffice = shutil.which("soffice")
needs_office = pytest.mark.skipif(soffice is None, reason="LibreOffice is not installed")


def flat_document(source, *, indent="1cm", hyphenate="true"):
    """The flat OpenDocument of a text of the corpus, as it is read."""
    blocks = source.text.strip().split("\n\n")
    notes = {match[1]: match[2] for block in blocks if (match := RE_NOTE.fullmatch(block))}
    year, month, day = source.header.adopted.split("-")
    short = source.header.symbol.removeprefix("A/RES/")
    title = escape(source.header.title)
    head = MASTHEAD.format(
        symbol=source.header.symbol, short=short, title=title, adopted=f"{int(day)} {MONTHS[int(month) - 1]} {year}"
    )
    seen = {}
    body = "".join(_paragraph(block, notes, seen) for block in blocks if not RE_NOTE.fullmatch(block))
    styles = STYLES % {
        "symbol": source.header.symbol,
        "title": title[:85],
        "indent": indent,
        "hyphenate": hyphenate,
    }
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{styles}<office:body><office:text>'
        f"{head}{body}</office:text></office:body></office:document>"
    )


def _paragraph(block, notes, seen):
    text = escape(block)
    text = RE_NUMBER.sub(lambda m: f"{m[1]}<text:tab/>", text, count=1) if RE_NUMBER.match(text) else text
    text = RE_CALL.sub(lambda match: _note(match[1], notes, seen), text).replace("\n", "<text:line-break/>")
    return f'<text:p text:style-name="Body">{text}</text:p>'


def _note(label, notes, seen):
    """A note where it is first called; a raised number where it is called again."""
    if label in seen:
        return f'<text:span text:style-name="Raised">{seen[label]}</text:span>'
    seen[label] = len(seen) + 1
    return (
        f'<text:note text:id="ftn{label}" text:note-class="footnote"><text:note-citation>{seen[label]}'
        f'</text:note-citation><text:note-body><text:p text:style-name="Footnote">{escape(notes[label])}</text:p>'
        "</text:note-body></text:note>"
    )


def printed(document, folder, form, *, name="texte.fodt"):
    """The bytes that LibreOffice makes of a flat document (or of any file it reads) in a format: pdf, docx, html…

    Its settings stand beside the folders of all tests of a process: to make them anew is two thirds of a start.
    """
    given = Path(folder, name)
    given.write_bytes(document if isinstance(document, bytes) else document.encode())
    profile = Path(folder).with_name("libreoffice").as_uri()
    call = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*call, str(given)], capture_output=True, check=True, timeout=120)
    return given.with_suffix("." + form.partition(":")[0]).read_bytes()
