"""``resdiff serve`` started as a person starts it, in a process of its own, and asked over its socket."""

import re
import signal
import subprocess
import time
from contextlib import contextmanager

import httpx2

OPENING = re.compile(r"(http://\S+?)/open\?token=\S+")


class Served:
    """The page of one process."""

    def __init__(self, call, **options):
        self.process = subprocess.Popen(list(map(str, call)), stderr=subprocess.PIPE, text=True, **options)
        self.clients = []

    def visitor(self, patience=60.0):
        """A client with a session of its own, once the page answers."""
        for line in self.process.stderr:
            if found := OPENING.search(line):
                break
        else:
            raise AssertionError("the page ended")
        client = httpx2.Client(base_url=found[1], headers={"origin": found[1]}, follow_redirects=True, timeout=patience)
        self.clients.append(client)
        end = time.monotonic() + patience
        while True:
            try:
                assert client.get("/healthz").text == "ok\n"
                break
            except httpx2.TransportError:
                assert time.monotonic() < end, "the page does not answer"
                time.sleep(0.2)
        assert client.get(found[0]).status_code == 200
        return client

    def stop(self, how=signal.SIGINT):
        """Stop it; its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(30)
        self.process.stderr.close()
        return code


@contextmanager
def serving(call, **options):
    """The page, stopped afterwards whatever happens."""
    page = Served(call, **options)
    try:
        yield page
    finally:
        if page.process.poll() is None:
            page.process.kill()
            page.process.wait()
        page.process.stderr.close()
        for client in page.clients:
            client.close()


def processes(parent):
    """The numbers of the living processes that come from that one: children, and theirs."""
    found, todo = set(), [parent]
    while todo:
        call = ["ps", "-o", "pid=", "--ppid", str(todo.pop())]
        new = {
            int(number) for number in subprocess.run(call, capture_output=True, text=True, check=False).stdout.split()
        }
        todo += new - found
        found |= new
    return found


def left(numbers, patience=30.0):
    """Those of these processes that go on living after so many seconds."""
    end = time.monotonic() + patience
    while alive := {number for number in numbers if _lives(number)}:
        if time.monotonic() > end:
            return alive
        time.sleep(0.05)
    return set()


def _lives(number):
    call = ["ps", "-o", "stat=", "-p", str(number)]
    state = subprocess.run(call, capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")
