"""Who comes to the local page in the tests: clients with sessions of their own, and the Word files they bring.

A file of tests brings ``app``, a page of its own.
"""

import io

import pytest

BASE = "http://127.0.0.1:8000"


def word_file(text):
    """A plain Word file, a paragraph for each block of lines."""
    from docx import Document

    made, packed = Document(), io.BytesIO()
    for paragraph in text.strip().split("\n\n"):
        made.add_paragraph(paragraph)
    made.save(packed)
    return packed.getvalue()


def _client(app):
    from starlette.testclient import TestClient

    return TestClient(app, base_url=BASE, follow_redirects=True)


@pytest.fixture(scope="module")
def served(app):
    with _client(app) as client:
        yield client


@pytest.fixture
def visitor(app, served):
    """A new person at the same page: a client with a session of its own."""

    def come():
        client = _client(app)
        client._portal_factory = served._portal_factory  # the one loop in which the workers were started
        client.portal = served.portal
        assert client.get(f"/open?token={app.tokens.mint()}").status_code == 200
        return client

    return come
