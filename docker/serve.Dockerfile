# The local page for a team, without Python on their machines. Nothing is written but into /tmp, which is memory:
#
#   docker build -f docker/serve.Dockerfile -t resdiff-serve .
#   docker run --rm --read-only --tmpfs /tmp -p 127.0.0.1:8000:8000 resdiff-serve
#
# The address that opens the page, once for each person, is what it prints.

FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY scripts/build-data scripts/build-data
COPY resdiff resdiff
COPY corpus corpus
RUN python -m venv /opt/resdiff
RUN /opt/resdiff/bin/pip install --no-cache-dir '.[web]'
RUN /opt/resdiff/bin/python -m compileall -q /opt/resdiff/lib

FROM python:3.13-slim
RUN useradd --system --no-create-home --uid 10001 --shell /usr/sbin/nologin resdiff
COPY --from=build /opt/resdiff /opt/resdiff
ENV PATH=/opt/resdiff/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp XDG_CACHE_HOME=/tmp/cache
USER 10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGINT
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["resdiff", "serve", "--no-browser", "--host", "0.0.0.0", "--port", "8000"]
