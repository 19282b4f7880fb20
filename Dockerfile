# syntax=docker/dockerfile:1
# Two stages: the first builds the environment from the lock, the second carries only what runs. docs/operations.md says more.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv --without-pip /venv
COPY requirements.lock ./
RUN pip --python /venv/bin/python install --no-cache-dir --only-binary=:all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bots bots
COPY core core
COPY persistence persistence
COPY scheduler scheduler
RUN pip --python /venv/bin/python install --no-cache-dir --no-deps --no-build-isolation --no-index .

FROM python:3.13-slim
# Letters of other scripts for the names in charts: seven megabytes, where Noto's would be ninety. Which version makes no difference.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 elevate \
    && useradd --no-log-init --uid 10001 --gid 10001 --no-create-home --home-dir /data elevate \
    && install -d -o elevate -g elevate -m 0700 /data
COPY --from=build /venv /venv
# Nothing is written but /data (the record where there is no MongoDB, and what charts are drawn with) and /tmp.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ELEVATE_DATA_DIR=/data \
    ELEVATE_WEB_HOST=0.0.0.0 \
    ELEVATE_WEB_PORT=8080
# The web pages, Slack's requests, health and metrics. HTTPS is the work of a proxy before it.
EXPOSE 8080
# By number, so that Kubernetes can tell that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
# Whether the program lives, asked of the program alone: `elevate check` would ask Slack, Discord and Claude each time.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --start-interval=2s --retries=3 CMD ["elevate", "healthy"]
ENTRYPOINT ["elevate"]
CMD ["run"]
