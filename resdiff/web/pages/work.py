"""Long work as a page: what it is at, how far it is, a button to stop it. It leads on by itself when it is done.

With the script it is told by server-sent events; without, the page asks again by itself.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from resdiff import limits
from resdiff.messages import message
from resdiff.web.forms import Form, gone_to
from resdiff.web.sessions import Trouble
from resdiff.web.shown import language_of, page, said, session_of
from resdiff.web.tasks import Say, Task
from resdiff.web.workers import JobError, PageError

__all__ = ["ROUTES", "at_length", "begin", "keep", "kept", "told", "trouble_of"]

Value = TypeVar("Value")
GRACE = 1.2  # seconds for which the answer waits: what is done by then needs no page of its own
STOPPING = 3.0  # seconds that the process has to end when the work is stopped
BEAT = 15.0  # seconds after which a line is sent though nothing changed, so that who went away is noticed
LONGEST_TYPED = 100_000  # characters of a passage that was pasted
PACE = 2  # seconds after which the page asks again where there is no script


async def begin(
    request: Request, name: str, about: str, back: str, work: Callable[[Say], Awaitable[str]]
) -> Response:  # fmt: skip
    """Begin work, and lead to what it made where that is there in a moment, else to the page of the work. Raises what
    it raises in that moment, and PageError where this person has too much at once."""
    session = session_of(request)
    tasks = session.tasks
    if session.working >= limits.TASKS:
        raise PageError("tasks", 429, limits.TASKS)
    if request.app.state.sessions.working >= limits.ALL_TASKS:
        raise PageError("busy", 503)
    task = Task(name, about, back, work)
    if await task.over(GRACE):
        if task.error:
            raise task.error
        return gone_to(task.address or back)
    tasks[task.id] = task
    for id_ in [id_ for id_, each in tasks.items() if each.is_over][: -limits.PAIRS]:
        del tasks[id_]
    return gone_to(f"/work/{task.id}")


async def at_length(request: Request, say: Say, phase: str, job: Callable[..., Value], *given: object) -> Value:
    """What a long job makes; a worker is always left for what takes a moment."""
    state = request.app.state
    say(phase, 0, 0)
    async with state.at_length:
        made: Value = await state.workers.run(
            job, *given, seconds=limits.LONG_SECONDS, on_step=partial(say, phase)
        )  # fmt: skip
    return made


def told(request: Request, back: str, error: Exception, form: Form) -> Response:
    """Lead back to the form, which tells once why what it gave could not be used, and has what was typed in it."""
    typed = {name: value[: LONGEST_TYPED if name == "lines" else 200] for name, value in form.fields.items()}
    session_of(request).troubles[back] = Trouble(error, typed)
    return gone_to(back)


def trouble_of(request: Request) -> Trouble | None:
    """What the form at this address has to tell, once."""
    return session_of(request).troubles.pop(request.url.path, None)


def keep(request: Request, key: str, made: object, size: int) -> None:
    """Keep what was made in the session, and make room for it."""
    session_of(request).keep(key, made, size)
    request.app.state.sessions.make_room()


def kept(request: Request, key: str, kind: type[Value]) -> Value:
    """What was made and kept under that key, of this session alone. Raises PageError."""
    made = session_of(request).kept(key)
    if not isinstance(made, kind):
        raise PageError("kept", 404)
    return made


def _task(request: Request) -> Task:
    task = session_of(request).tasks.get(request.path_params["id"])
    if task is None:
        raise PageError("work", 404)
    return task


async def show(request: Request) -> Response:
    """How far it is; what it made, when it is done."""
    task = _task(request)
    if task.address:
        return gone_to(task.address)
    if task.error and isinstance(task.error, JobError):
        raise task.error  # a fault of ours is noted as any other
    return page(request, "work.html", task=task, pace=PACE, state=_told(task, language_of(request)))


def _told(task: Task, lang: str) -> dict[str, str]:
    """What a page says of it: what it is at, and how many steps are done."""
    if task.is_stopped:
        return {"phase": message("web.work-stopped", lang=lang), "steps": ""}
    if task.error:
        return {"phase": said(task.error, lang), "steps": ""}
    phase = message(f"web.work-{task.phase or 'waiting'}", lang=lang)
    steps = message("web.work-steps", task.done, task.total, lang=lang) if task.total else ""
    return {"phase": phase, "steps": steps}


async def events(request: Request) -> Response:
    """What changes, as server-sent events; the last one tells that it is over."""
    task, lang = _task(request), language_of(request)

    if task.watchers >= limits.WATCHERS:
        raise PageError("busy", 503)

    async def lines() -> AsyncIterator[str]:
        task.watchers += 1
        try:
            while True:
                state = {"done": task.done, "total": task.total, "over": task.is_over, **_told(task, lang)}
                yield f"data: {json.dumps(state)}\n\n"
                if task.is_over:
                    return
                await task.changed(BEAT)
        finally:
            task.watchers -= 1

    return StreamingResponse(lines(), media_type="text/event-stream")


async def stop(request: Request) -> Response:
    """Stop it."""
    task = _task(request)
    task.stop()
    await task.over(STOPPING)
    return gone_to(f"/work/{task.id}")


ROUTES = [
    Route("/work/{id}", show),
    Route("/work/{id}/events", events),
    Route("/work/{id}/stop", stop, methods=["POST"]),
]
