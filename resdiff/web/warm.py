"""What a worker needs, loaded: imported by the process that workers are copied from, so that each is warm at once.

Comparing two short texts loads the tables of the language and the stages; what is loaded here is shared by all.
"""

import gc

import resdiff.web.desk_jobs  # noqa: F401 - what other pages need
from resdiff.web.jobs import compare, read_upload, render_report

OLD = "L’Assemblée générale,\n\nRappelant la Charte,\n\n1. Prie instamment les États d’agir."
NEW = "L’Assemblée générale,\n\nRappelant la Charte et le Pacte,\n\n1. Prie les États d’agir avant la fin de 2027."


def _warm() -> None:
    old, new = (read_upload(text.encode(), "-", "accept", ()) for text in (OLD, NEW))
    made = compare(None, old.kept, new.kept, "", ())
    for form in ("html", "docx"):
        render_report(made.kept, form, "fr", ("", ""))
    gc.freeze()


_warm()
