"""The pages of a compilation and of a next edition in a real Chromium: filter, phone, paper, accessibility."""

import pytest

from resdiff.comparison import compare
from resdiff.compilation import Delegation, compile_drafts
from resdiff.drafting import roll
from resdiff.judgement import judge
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition import recognize
from resdiff.rendering.compiled import render_compilation
from resdiff.rendering.rolled import render_draft

BASE = """L’Assemblée générale,

Rappelant la Charte des Nations Unies,

1. Prie les États Membres de prévenir le terrorisme ;

2. Encourage l’Office à aider les États qui le demandent ;

3. Décide de rester saisie de la question.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, corpus):
    folder = tmp_path_factory.mktemp("pages")
    new = "3. Salue l’action des juges et des procureurs ;\n\n4. Décide"
    texts = {
        "France": BASE.replace("aider", "soutenir").replace("prévenir", "prévenir efficacement"),
        "Suisse": BASE.replace("aider", "conseiller").replace("3. Décide", new),
        "Mexique": BASE.replace("1. Prie les États Membres de prévenir le terrorisme ;\n\n2.", "1."),
    }
    drafts = [Delegation(name, parse(read(text.encode()))) for name, text in texts.items()]
    compilation = compile_drafts(parse(read(BASE.encode())), drafts)
    (folder / "compilation.html").write_bytes(render_compilation(compilation, "html"))
    last, now = (recognize(corpus.get(symbol)) for symbol in ("74/175", "78/226"))
    rolled = roll(now, judge(compare(last.resolution, now.resolution), last, now), session=80)
    (folder / "projet.html").write_bytes(render_draft(rolled, "html"))
    return folder


def test_a_delegation_is_hidden_without_script(opened):
    page = opened("compilation.html", java_script_enabled=False)
    text = page.locator("#text")
    assert "conseiller" in text.inner_text()
    assert page.locator("del:visible").count()
    page.uncheck("#d1")
    assert "conseiller" not in text.inner_text()
    assert "juges" not in text.inner_text()
    assert "soutenir" in text.inner_text()
    page.uncheck("#d0")
    page.uncheck("#d2")
    shown = " ".join(text.inner_text().split())
    assert "Prie les États Membres de prévenir le terrorisme ;" in shown  # the base stands, nothing struck
    assert page.locator(".cf:visible").count() == 0
    assert page.locator("tbody tr:visible").count() == 0


@pytest.mark.parametrize("place", ["compilation.html", "projet.html"])
def test_a_phone_need_not_be_moved_sideways(opened, place):
    page = opened(place, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["compilation.html", "projet.html"])
def test_axe_finds_no_violation(opened, violations, place, scheme):
    assert violations(opened(place, color_scheme=scheme), scheme) == []
