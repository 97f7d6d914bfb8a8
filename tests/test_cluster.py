"""A changelog and an index built by a Dask cluster: the bytes of one machine, whoever dies meanwhile."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import build
import pytest

from resdiff import limits
from resdiff.changelog import build_changelog, making
from resdiff.cli.commands import resdiff as commands
from resdiff.cli.search import documents_of
from resdiff.cli.told import run
from resdiff.corpus import Corpus, load
from resdiff.errors import ServiceError
from resdiff.search import index

distributed = pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
dask = pytest.importorskip("dask")
pytestmark = pytest.mark.filterwarnings("default")  # dask warns of what machines it runs on

from resdiff import cluster as clusters  # noqa: E402
from resdiff.cluster import indexing_on_cluster, on_cluster  # noqa: E402

SERIES = "stuvwxyz"


@pytest.fixture(scope="module", autouse=True)
def forked():
    """Workers fork from a process that has their modules: to load them takes as long as the work of a test."""
    multiprocessing.set_forkserver_preload(["distributed", "resdiff.changelog", "resdiff.cluster"])
    with dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}):
        yield


@pytest.fixture
def corpus(tmp_path):
    """Eight series of three editions."""
    return eight_series(tmp_path / "corpus")


def eight_series(folder):
    build.corpus(folder, build.THREE)
    for name in SERIES[1:]:
        shutil.copytree(folder / "s", folder / name)
    return Corpus(folder)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    """What one process makes of it."""
    folder = tmp_path_factory.mktemp("wanted")
    build_changelog(eight_series(folder / "corpus"), folder / "out", jobs=1)
    return build.tree(folder / "out")


@pytest.fixture
def small(monkeypatch):
    """Tasks of one series, of two texts: there are then several a worker."""
    monkeypatch.setattr(clusters, "BATCH", 1)
    monkeypatch.setattr(clusters, "TEXTS", 2)


@pytest.fixture
def cluster():
    """A cluster of three worker processes on this machine."""
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster


@pytest.mark.slow
def test_the_bytes_are_those_of_one_machine(corpus, wanted, tmp_path, small, cluster):
    run = on_cluster(cluster.scheduler_address, is_shared=False)
    moved = []
    outcome = build_changelog(corpus, tmp_path / "out", run=run, step=moved.append)
    assert (outcome.built, outcome.failed) == (16, ())
    assert sum(each.pairs for each in moved) == 16
    assert build.tree(tmp_path / "out") == wanted
    assert "s/history.fr.html" in wanted  # the series told as a whole travel with their pairs
    assert build_changelog(corpus, tmp_path / "out", run=run).skipped == 16


@pytest.mark.slow
def test_workers_write_to_a_place_that_all_share(corpus, wanted, tmp_path, small, cluster):
    build_changelog(corpus, tmp_path / "out", run=on_cluster(cluster.scheduler_address, is_shared=True))
    assert build.tree(tmp_path / "out") == wanted


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(corpus, wanted, tmp_path, small, cluster):
    killed = []

    def kill(_):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    build_changelog(corpus, tmp_path / "out", run=on_cluster(cluster.scheduler_address, is_shared=False), step=kill)
    assert killed
    assert build.tree(tmp_path / "out") == wanted


class Slow(distributed.WorkerPlugin):
    """A first worker that never comes back from its first text, and says so in a file."""

    def __init__(self, said):
        self.said = said

    def setup(self, worker):
        def slow(edition):
            with self.said.open("a") as file:
                file.write(f"{edition.path.parent.name}\n")
            threading.Event().wait()

        if worker.name == 0:
            making.load = slow


@pytest.mark.slow
@pytest.mark.parametrize("is_shared", [False, True])
def test_a_worker_that_is_slow_holds_nothing_up_and_changes_nothing(
    corpus, wanted, tmp_path, monkeypatch, small, cluster, is_shared
):
    monkeypatch.setattr(clusters, "SLOW", 0.5)
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.register_plugin(Slow(tmp_path / "slow"))
        outcome = build_changelog(
            corpus, tmp_path / "out", run=on_cluster(cluster.scheduler_address, is_shared=is_shared)
        )
    assert len((tmp_path / "slow").read_text().split()) == 1  # a series it was given, and others had to make
    assert (outcome.built, outcome.failed) == (16, ())
    assert build.tree(tmp_path / "out") == wanted


@pytest.mark.slow
def test_nothing_that_dask_says_reaches_who_runs_the_command(corpus, wanted, tmp_path, cluster):
    warned = {"DASK_DISTRIBUTED__ADMIN__LARGE_GRAPH_WARNING_THRESHOLD": "1kB"}  # of every task
    called = ["changelog", str(corpus.folder), "-o", str(tmp_path / "out"), "--cluster", cluster.scheduler_address]
    done = subprocess.run(
        [sys.executable, "-m", "resdiff", *called], env=os.environ | warned, capture_output=True, text=True, timeout=100
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert build.tree(tmp_path / "out") == wanted


class Deadly(distributed.WorkerPlugin):
    """A worker that a text of the series ``t`` takes along."""

    def setup(self, worker):
        def deadly(edition):
            if edition.path.parent.name == "t":
                os._exit(9)
            return load(edition)

        making.load = deadly


@pytest.mark.slow
@pytest.mark.parametrize("here_too", [False, True])
def test_what_takes_three_workers_along_is_built_apart(corpus, wanted, tmp_path, monkeypatch, small, cluster, here_too):
    parent = os.getpid()

    def deadly(edition):
        if edition.path.parent.name == "t" and os.getpid() != parent:
            os._exit(9)
        return load(edition)

    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.register_plugin(Deadly())
        if here_too:
            monkeypatch.setattr(making, "load", deadly)
        outcome = build_changelog(corpus, tmp_path / "out", run=on_cluster(cluster.scheduler_address, is_shared=False))
    if here_too:
        assert {place.partition("/")[0] for place, _ in outcome.failed} == {"t"}
        assert outcome.built == 14
    else:
        assert build.tree(tmp_path / "out") == wanted


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_one_sentence_and_the_rest_is_taken_up(
    corpus, wanted, tmp_path, monkeypatch, small, cluster
):
    monkeypatch.setattr(limits, "CLUSTER_SECONDS", 10.0)  # for so long a client looks for the one it lost
    address = "tcp://127.0.0.1:28786"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen([*dask, "scheduler", "--port", "28786", "--no-dashboard"], **quiet)
    worker = subprocess.Popen([*dask, "worker", address, "--nthreads", "1", "--no-dashboard"], **quiet)

    def kill(_):
        scheduler.kill()
        scheduler.wait()

    try:
        with distributed.Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        with pytest.raises(ServiceError, check=lambda error: error.code == "cluster-lost"):
            build_changelog(corpus, tmp_path / "out", run=on_cluster(address, is_shared=False), step=kill)
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()
    outcome = build_changelog(corpus, tmp_path / "out", run=on_cluster(cluster.scheduler_address, is_shared=False))
    assert outcome.skipped >= 2
    assert outcome.built + outcome.skipped == 16
    assert build.tree(tmp_path / "out") == wanted


@pytest.mark.slow
def test_a_client_that_fails_to_close_costs_nothing(corpus, wanted, tmp_path, monkeypatch, small, cluster):
    close = distributed.Client.close

    def failing(client, timeout=None):
        is_open = client.status != "closed"  # it is closed once more when it is forgotten
        close(client, timeout)
        if is_open:
            raise RuntimeError("Cannot change state of expiring Timeout")  # seen when a scheduler was killed

    monkeypatch.setattr(distributed.Client, "close", failing)
    build_changelog(corpus, tmp_path / "out", run=on_cluster(cluster.scheduler_address, is_shared=False))
    assert build.tree(tmp_path / "out") == wanted


@pytest.mark.slow
def test_a_cluster_that_loses_all_its_workers_is_one_sentence_and_the_rest_is_taken_up(
    corpus, wanted, tmp_path, monkeypatch, small
):
    monkeypatch.setattr(limits, "CLUSTER_SECONDS", 3.0)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        run = on_cluster(cluster.scheduler_address, is_shared=False)
        with pytest.raises(ServiceError, check=lambda error: error.code == "cluster-deserted"):
            build_changelog(corpus, tmp_path / "out", run=run, step=lambda _: cluster.scale(0))
    build_changelog(corpus, tmp_path / "out", jobs=1)
    assert build.tree(tmp_path / "out") == wanted


@pytest.mark.slow
def test_no_scheduler_is_one_sentence_and_nothing_is_built(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CLUSTER_SECONDS", 0.3)
    start = time.monotonic()
    with pytest.raises(ServiceError, check=lambda error: error.code == "cluster-unreachable"):
        build_changelog(corpus, tmp_path / "out", run=on_cluster("tcp://127.0.0.1:9", is_shared=False))
    assert time.monotonic() - start < 10
    assert build.tree(tmp_path / "out").keys() <= {"manifest.json"}
    assert build_changelog(corpus, tmp_path / "out").built == 16


def test_another_resdiff_on_a_worker_is_told():
    with pytest.raises(ServiceError, check=lambda error: error.code == "cluster-version"):
        clusters._checked("another", clusters._build, [], None)


# ---- the index ------------------------------------------------------------------------------------------------------


@pytest.fixture
def indexed(corpus, tmp_path):
    """What one process makes of it; one text cannot be read."""
    (corpus.folder / "v" / "A-RES-91-1.fr.md").write_bytes(b"\0\1\2" * 50)
    built = index.build(tmp_path / "wanted.index", documents_of(corpus.folder))
    assert (built.added, [name for name, _ in built.failed]) == (23, ["v/A-RES-91-1.fr.md"])
    return (tmp_path / "wanted.index").read_bytes(), built


@pytest.mark.slow
def test_an_index_has_the_bytes_of_one_machine(corpus, indexed, tmp_path, small, cluster):
    wanted, said = indexed
    entries = indexing_on_cluster(cluster.scheduler_address)
    built = index.build(tmp_path / "out.index", documents_of(corpus.folder), entries=entries)
    assert (built.added, str(built.failed)) == (said.added, str(said.failed))
    assert (tmp_path / "out.index").read_bytes() == wanted


@pytest.mark.slow
def test_an_index_outlives_a_worker_that_is_killed(corpus, indexed, tmp_path, small, cluster):
    killed = []

    def kill(_):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    entries = indexing_on_cluster(cluster.scheduler_address)
    index.build(tmp_path / "out.index", documents_of(corpus.folder), kill, entries)
    assert killed and (tmp_path / "out.index").read_bytes() == indexed[0]


class DeadlyText(distributed.WorkerPlugin):
    """A worker that the text of a series ``t`` takes along."""

    def setup(self, worker):
        cut = clusters._cut

        def deadly(text):
            if text.path.startswith("t/A-RES-91"):
                os._exit(9)
            return cut(text)

        clusters._cut = deadly


@pytest.mark.slow
@pytest.mark.parametrize("here_too", [False, True])
def test_a_text_that_takes_three_workers_along_is_cut_up_apart(
    corpus, indexed, tmp_path, monkeypatch, small, cluster, here_too
):
    parent = os.getpid()
    cut = clusters._cut

    def deadly(text):
        if text.path.startswith("t/A-RES-91") and os.getpid() != parent:
            os._exit(9)
        return cut(text)

    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.register_plugin(DeadlyText())
        if here_too:
            monkeypatch.setattr(clusters, "_cut", deadly)
        entries = indexing_on_cluster(cluster.scheduler_address)
        built = index.build(tmp_path / "out.index", documents_of(corpus.folder), entries=entries)
    if here_too:
        assert next((name, why.code) for name, why in built.failed) == ("t/A-RES-91-1.fr.md", "text-killed")
        assert built.added == 22
    else:
        assert (tmp_path / "out.index").read_bytes() == indexed[0]


@pytest.mark.slow
def test_a_scheduler_that_goes_away_leaves_no_index_or_the_old_one(corpus, indexed, tmp_path, monkeypatch, small):
    monkeypatch.setattr(limits, "CLUSTER_SECONDS", 10.0)
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)
    place = tmp_path / "out.index"
    with cluster:
        entries = indexing_on_cluster(cluster.scheduler_address)
        with pytest.raises(ServiceError, check=lambda error: error.code == "cluster-lost"):
            index.build(place, documents_of(corpus.folder), lambda _: cluster.close(), entries)
    assert not place.exists() and not [*tmp_path.glob(".resdiff-*")]
    index.build(place, documents_of(corpus.folder))
    assert place.read_bytes() == indexed[0]


def test_the_command_reads_by_a_cluster_and_says_that_there_is_none(corpus, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(limits, "CLUSTER_SECONDS", 0.3)
    called = ["index", str(corpus.folder), "-o", str(tmp_path / "i"), "--cluster", "tcp://127.0.0.1:9"]
    assert run(commands, called) == ServiceError.exit_code
    assert "tcp://127.0.0.1:9" in capsys.readouterr().err and not (tmp_path / "i").exists()
