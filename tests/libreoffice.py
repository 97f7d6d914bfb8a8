"""Accept or reject all changes of Word files in LibreOffice, and print their paragraphs as JSON, a key a file.

Run by the Python that LibreOffice speaks to (the one with ``uno``), not by the one of the tests:
``python3 libreoffice.py folder-for-its-profile file.docx …``.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = f"pipe,name=resdiff-test-{os.getpid()};urp;"  # several runs may go on at the same time


def connected():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:{PIPE}StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def without_calls(paragraph):
    """The text of a paragraph without the numbers of its footnotes."""
    portions, text = paragraph.createEnumeration(), ""
    while portions.hasMoreElements():
        portion = portions.nextElement()
        if portion.TextPortionType == "Text" and portion.CharStyleName != "Footnote Symbol":
            text += portion.String
    return text


def texts_of(text, has_notes):
    """The paragraphs of a text, those in the cells of its tables too."""
    found = text.createEnumeration()
    while found.hasMoreElements():
        each = found.nextElement()
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.CellNames:
                yield from texts_of(each.getCellByName(name), has_notes)
        else:
            words = without_calls(each) if has_notes else each.String
            yield f"{each.ListLabelString} {words}" if each.ListLabelString and words.strip() else words


def paragraphs(context, path, command):
    make = context.ServiceManager.createInstanceWithContext
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    desktop = make("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(pathlib.Path(path).resolve().as_uri(), "_blank", 0, (hidden,))
    has_notes = document.Footnotes.Count > 0
    frame = document.CurrentController.Frame
    make("com.sun.star.frame.DispatchHelper", context).executeDispatch(frame, f".uno:{command}", "", 0, ())
    texts = list(texts_of(document.Text, has_notes))
    document.close(True)
    return texts


def main(profile, *paths):
    options = [f"-env:UserInstallation={pathlib.Path(profile).resolve().as_uri()}", "--headless", "--norestore"]
    office = subprocess.Popen(
        ["soffice", *options, f"--accept={PIPE}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        context = connected()
        done = {
            path: {key: paragraphs(context, path, f"{key.title()}AllTrackedChanges") for key in ("accept", "reject")}
            for path in paths
        }
        print(json.dumps(done))
    finally:
        office.terminate()
        office.wait(20)


main(*sys.argv[1:])
