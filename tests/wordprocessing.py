"""What Word asks of the parts of a file, as tables: the faults of a file, in words.

Word calls a file unreadable for what other readers forgive: children out of order, an id used twice, half of a range.
The orders are those of ECMA-376 part 1, sections 17.3 to 17.18, for the elements that a report may hold.
"""

from collections import Counter
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKS = "ins del moveFrom moveTo"
FONT = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
BORDERS = "top left start bottom right end insideH insideV"
# Element: its children in the order in which they may stand.
ORDER = {
    "rPr": f"{MARKS} {FONT} rPrChange",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tblBorders": BORDERS,
    "tblCellMar": "top left start bottom right end",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": BORDERS,
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState "
    "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
    "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
    "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
    "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter "
    "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent "
    "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
    "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
    "forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
    "decimalSymbol listSeparator",
}
PLACES = {name: {child: place for place, child in enumerate(order.split())} for name, order in ORDER.items()}
# Elements that stand before all others in their parent, and those that a parent may hold once only.
FIRST = {"pPr": "p", "rPr": "r", "tcPr": "tc", "tblPr": "tbl"}
ORDERED = {*PLACES, *FIRST.values()}  # whose children have an order
MANY = {"tr", "tc", "p", "headerReference", "footerReference", "activeWritingStyle", "attachedSchema", "smartTagType"}
RANGES = ("comment", "moveFrom", "moveTo", "bookmark")
REVISIONS = {W + name for name in MARKS.split()}


def faults(data):
    """What Word would stumble over in the parts of that file, each with where it is."""
    with ZipFile(BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist() if name.endswith(".xml")}
    found = [f"{name}: {fault}" for name in sorted(parts) for fault in _part(name, parts[name])]
    body = etree.fromstring(parts["word/document.xml"])
    comments = etree.fromstring(parts["word/comments.xml"]) if "word/comments.xml" in parts else None
    return [*found, *_ids(body, comments), *_ranges(body), *_moves(body), *_sections(body)]


@lru_cache(64)
def _part(name, raw):
    """The faults of one part; most parts of a file are those of every other one."""
    root = etree.fromstring(raw)
    looked_at = name.startswith("word/") and name != "word/styles.xml"
    return (*_order(root), *_texts(root)) if looked_at else ()


def name_of(element):
    return element.tag.removeprefix(W)


def _order(root):
    for parent in root.iter(etree.Element):
        if name_of(parent) not in ORDERED:
            continue
        names = [name_of(child) for child in parent]
        for first, holder in FIRST.items():
            if name_of(parent) == holder and first in names[1:]:
                yield f"{first} is not the first child of {holder}"
        places = PLACES.get(name_of(parent))
        if not places or not parent.tag.startswith(W):
            continue
        known = [name for name, child in zip(names, parent, strict=True) if child.tag.startswith(W)]
        yield from (f"{name} in {name_of(parent)}" for name in known if name not in places)
        order = [places[name] for name in known if name in places]
        if order != sorted(order):
            yield f"children of {name_of(parent)} out of order: {' '.join(known)}"
        yield from (
            f"{n} {name} in a {name_of(parent)}" for name, n in Counter(known).items() if n > 1 and name not in MANY
        )


def _texts(root):
    for text in root.iter(f"{W}t", f"{W}delText"):
        deleted = any(parent.tag == f"{W}del" for parent in text.iterancestors())
        if deleted is not (text.tag == f"{W}delText"):
            yield f"{name_of(text)} {'inside' if deleted else 'outside'} del: {text.text!r:.40}"
        words = text.text or ""
        if words != words.strip() and text.get(SPACE) != "preserve":
            yield f"spaces that Word would drop: {words!r:.40}"
    for mark in root.iter(*REVISIONS):
        if not (mark.get(f"{W}id") or "").isdecimal() or not mark.get(f"{W}author") or not mark.get(f"{W}date"):
            yield f"{name_of(mark)} without id, author or date"
        if any(parent.tag in REVISIONS for parent in mark.iterancestors()):
            yield f"{name_of(mark)} inside another revision"
    for cell in root.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield "a cell that does not end with a paragraph"


def _ids(body, comments):
    starts = [f"{W}{name}Start" for name in ("bookmark", "moveFromRange", "moveToRange")]
    ids = [element.get(f"{W}id") for element in body.iter(*REVISIONS, *starts)]
    ids += [] if comments is None else [comment.get(f"{W}id") for comment in comments]
    yield from (f"id {id_} used {n} times" for id_, n in Counter(ids).items() if n > 1)
    names = Counter(element.get(f"{W}name") for element in body.iter(f"{W}bookmarkStart"))
    yield from (f"bookmark {name} used {n} times" for name, n in names.items() if n > 1)
    yield from (f"bookmark {name} is no name" for name in names if len(name) > 40 or name[:1].isdigit() or " " in name)
    known = sorted([] if comments is None else [comment.get(f"{W}id") for comment in comments])
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if sorted(e.get(f"{W}id") for e in body.iter(W + tag)) != known:
            yield f"{tag} and the comments do not agree"


def _ranges(body):
    """Ranges that do not open and close once each, in this order."""
    for kind in RANGES:
        stem = kind if kind == "bookmark" else f"{kind}Range"
        tags = {f"{W}{stem}Start": "start", f"{W}{stem}End": "end"}
        seen = {}
        for element in body.iter(*tags):
            seen.setdefault(element.get(f"{W}id"), []).append(tags[element.tag])
        yield from (f"{kind} {id_}: {' '.join(way)}" for id_, way in seen.items() if way != ["start", "end"])


def _moves(body):
    """Halves of a move without the other, moved runs outside every range, two moves of one sort open at once."""
    halves = {way: Counter(e.get(f"{W}name") for e in body.iter(f"{W}move{way}RangeStart")) for way in ("From", "To")}
    if halves["From"] != halves["To"] or any(n > 1 for n in halves["From"].values()):
        yield f"moves that do not pair: {halves}"
    for way in ("From", "To"):
        open_ = 0
        tags = {f"{W}move{way}RangeStart": 1, f"{W}move{way}RangeEnd": -1, f"{W}move{way}": 0}
        for element in body.iter(*tags):
            open_ += tags[element.tag]
            mark = element.getparent().tag == f"{W}rPr"  # the paragraph mark stands before what it ends
            if not 0 <= open_ <= 1 or (not tags[element.tag] and not open_ and not mark):
                yield f"move{way}: {open_} ranges open"


def _sections(body):
    last = body.find(f"{W}body")[-1]
    if last.tag != f"{W}sectPr":
        yield f"the body ends with {name_of(last)}"
