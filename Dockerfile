# Two images from one file:  docker build --target api .   and   docker build --target ingest .
ARG PYTHON=3.12-slim-bookworm

FROM python:${PYTHON} AS wheel
WORKDIR /build
COPY requirements/build.txt requirements/build.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN /venv/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:${PYTHON} AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/dateline/bin:$PATH
RUN useradd --system --uid 10001 --create-home --home-dir /data dateline && python -m venv /opt/dateline
WORKDIR /data

# The API: no NLP, no parsers.
FROM base AS api
COPY requirements/api.txt /tmp/requirements.txt
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir --no-deps /wheels/*.whl
USER dateline
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["dateline", "serve", "--host", "0.0.0.0", "--port", "8000"]

# The job, and everything else the command line does.
FROM base AS ingest
COPY requirements/ingest.txt /tmp/requirements.txt
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir --no-deps /wheels/*.whl
USER dateline
ENTRYPOINT ["dateline"]
CMD ["--help"]
