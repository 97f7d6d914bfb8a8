"""The façade and the modules say what they export, and it is there."""

import importlib
import pkgutil

import build
import pytest

import resdiff

MODULES = sorted(m.name for m in pkgutil.walk_packages(resdiff.__path__, "resdiff.") if not m.name.endswith("__main__"))


def test_the_facade_is_sorted_and_complete():
    assert resdiff.__all__ == sorted(resdiff.__all__)
    assert 10 <= len(resdiff.__all__) <= 20
    assert callable(resdiff.compare)
    assert resdiff.Comparison is importlib.import_module("resdiff.model").Comparison


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_and_exports_what_it_names(name):
    module = importlib.import_module(name)
    assert (module.__doc__ or "").strip()
    for public in getattr(module, "__all__", ()):
        assert hasattr(module, public), public


def test_a_name_of_the_facade_is_no_module_and_cannot_be_replaced():
    assert importlib.import_module("resdiff.comparison").compare is resdiff.compare
    with pytest.raises(AttributeError, match="façade"):
        resdiff.read = None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = resdiff.nothing


def test_an_error_of_the_facade_prints_its_sentence():
    comparison = resdiff.compare(build.resolution("Prie"), build.resolution("Demande"))
    with pytest.raises(resdiff.ResdiffError) as raised:
        resdiff.render(comparison, "pdfx")
    assert (raised.value.code, raised.value.values[0]) == ("format-unknown", "pdfx")
    assert str(raised.value).replace("\u00a0", " ").startswith("Format inconnu : « pdfx ».")


def test_an_error_without_a_message_prints_its_code():
    assert str(resdiff.ResdiffError("nothing-known", 3)) == "nothing-known: 3"
