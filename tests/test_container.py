"""The image that serves the page: what its Dockerfile says, and its steps run here as far as they go without Docker."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from serving import serving

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docker" / "serve.Dockerfile"
USER = 10001
# As the image is run: another user, all read-only but one folder in memory.
ALONE = """mount --make-rprivate / && mount -t tmpfs tmpfs "$1" && mount -o remount,bind,ro / && chmod 777 "$1" &&
cd "$1" && shift && exec setpriv --reuid {0} --regid {0} --clear-groups "$@" """


def steps():
    """The instructions of each stage: name and value."""
    stages = []
    for line in FILE.read_text("utf-8").replace("\\\n", " ").splitlines():
        name, _, value = line.strip().partition(" ")
        if not line.strip() or line.startswith("#"):
            continue
        if name == "FROM":
            stages.append([])
        stages[-1].append((name, value.strip()))
    return stages


def of(stage, name):
    return [value for each, value in stage if each == name]


def test_the_image_is_small_runs_as_nobody_and_tells_its_health():
    built, image = steps()
    assert [of(stage, "FROM")[0].split()[0] for stage in (built, image)] == ["python:3.13-slim"] * 2
    names = [name for name, _ in image]
    assert of(image, "USER") == [str(USER)]
    assert f"--uid {USER}" in of(image, "RUN")[0]
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :]), "nothing is made as the one who serves"
    health = of(image, "HEALTHCHECK")[0]
    assert "/healthz" in health
    assert json.loads(health.partition("CMD ")[2])[0] == "python"
    assert json.loads(of(image, "CMD")[0])[:2] == ["resdiff", "serve"]
    assert of(image, "STOPSIGNAL") == ["SIGINT"]
    assert not any(name in ("ADD", "ARG", "VOLUME") for stage in (built, image) for name, _ in stage)
    assert not re.search(r"sudo|chmod|apt-get|curl|latest|--privileged|password|token=", FILE.read_text("utf-8"))


def test_what_is_copied_is_there_and_is_let_into_the_image():
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for value in of(steps()[0], "COPY"):
        for source in value.split()[:-1]:
            assert (ROOT / source).exists()
            assert any(source == each or source.startswith(f"{each}/") for each in let_in), source


def can_be_alone():
    """Whether this machine lets us run a program as in the image."""
    known = all(map(shutil.which, ("unshare", "setpriv")))
    return known and os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"], check=False).returncode == 0


def interpreter():
    """A Python that another user may run."""
    for each in (sys.executable, "/usr/bin/python3"):
        places = Path(each).resolve().parents
        if Path(each).exists() and (
            not can_be_alone() or all(place.stat().st_mode & 0o005 == 0o005 for place in places)
        ):
            return each
    return pytest.skip("no Python here that another user may run")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the image is of Linux")
def test_the_steps_make_a_page_that_serves_and_writes_nowhere_else():
    """The steps in a folder, then the page as another user, who may write into one folder alone, where that can be."""
    python = interpreter()
    with tempfile.TemporaryDirectory() as name:  # that of pytest is for one user alone
        place = Path(name)
        place.chmod(0o755)
        source, made, memory = place / "src", place / "made", place / "memory"
        for folder in (source, memory):
            folder.mkdir()
        built, image = steps()
        for value in of(built, "COPY"):
            *sources, target = value.split()
            for each in sources:
                to = source / (target if target != "./" else each)
                to.parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (ROOT / each).is_dir() else shutil.copy
                copy(ROOT / each, to)
        clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
        for value in of(built, "RUN"):
            call = re.sub(r"^python ", f"{python} ", value.replace("/opt/resdiff", str(made)))
            subprocess.run(call, shell=True, check=True, cwd=source, env=clean, stdout=subprocess.DEVNULL)
        shutil.rmtree(source)  # the image has what was installed alone
        memory.chmod(0o777)
        given = dict(pair.split("=", 1) for value in of(image, "ENV") for pair in value.split())
        given = {key: value.replace("/tmp", str(memory)) for key, value in given.items()}
        given["PATH"] = f"{made / 'bin'}:{os.environ['PATH']}"
        call = [*json.loads(of(image, "CMD")[0])[:-1], "0"]
        call[0] = str(made / "bin" / call[0])
        alone = ["unshare", "-m", "sh", "-c", ALONE.format(USER), "sh", str(memory)] if can_be_alone() else []
        before = set(made.rglob("*"))
        surroundings = given | {"TMPDIR": str(memory)}
        with serving([*alone, *call], cwd=memory, env=surroundings) as page:
            client = page.visitor()
            check = json.loads(of(image, "HEALTHCHECK")[0].partition("CMD ")[2])
            check[-1] = check[-1].replace("http://127.0.0.1:8000", str(client.base_url).rstrip("/"))
            subprocess.run([made / "bin" / check[0], *check[1:]], check=True)
            form = {"old_symbol": "72/194", "new_symbol": "74/175", "then": "compare"}
            assert 'id="changes"' in client.post("/texts", data=form).text
            assert set(made.rglob("*")) == before
            if alone:
                assert f"Uid:\t{USER}" in Path(f"/proc/{page.process.pid}/status").read_text()
            assert page.stop(getattr(signal, of(image, "STOPSIGNAL")[0])) in (0, 130)
