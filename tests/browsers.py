"""What every page is opened with: a real Chromium, which tells whatever a page complains about or asks of the network.

A file of tests brings ``folder``, where its pages are; what it opens without a name is its ``START``.
"""

import json
from functools import cache

import pytest

from resdiff.rendering import pdf

PATIENCE = 60_000.0  # milliseconds until a page has what it must have: a machine with other work waits longer


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    path = pdf.browser()
    if not path:
        pytest.skip("no Chromium found: apt install chromium-headless-shell")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context_of(chromium):
    """The context of all pages of one kind: no file keeps anything in it, and a new one costs more than its pages."""

    @cache
    def made(width, height, options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **json.loads(options))
        context.set_default_timeout(PATIENCE)
        return context

    return made


@pytest.fixture
def opened(request, context_of, folder):
    """Opens a page of the folder; whatever it complains about, or asks of the network, fails the test."""
    contexts, complaints = set(), []

    def open_page(place=None, width=1400, height=900, **options):
        context = context_of(width, height, json.dumps(options))
        contexts.add(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        page.goto(f"file://{folder}/{place or request.module.START}")
        return page

    yield open_page
    for context in contexts:
        assert context.storage_state() == {"cookies": [], "origins": []}
        for page in context.pages:
            page.close()
    assert complaints == []


@pytest.fixture
def violations():
    """What axe finds wrong with a page, or with a part of it: each rule with the first places that break it. Of a page
    in the dark scheme the colours alone are asked for: all else is the markup of the light one."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")

    def found(page, scheme="light", part=None):
        asked = {"resultTypes": ["violations"]} | ({"runOnly": ["cat.color"]} if scheme == "dark" else {})
        response = axe.Axe().run(page, context=part, options=asked).response
        return [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in response["violations"]]

    return found
