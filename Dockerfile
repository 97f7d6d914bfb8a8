# resdiff for jobs of CI:  docker build -t resdiff . && docker run --rm -v "$PWD:/work" resdiff resdiff gate --since HEAD~1
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[fetch]"

FROM python:3.13-slim
# git tells which texts changed. The folder that is mounted belongs to somebody else, which git would refuse.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory "*"
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels "resdiff[fetch]" && rm -rf /wheels
WORKDIR /work
CMD ["resdiff", "--help"]
