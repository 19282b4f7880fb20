# syntax=docker/dockerfile:1
# Two stages: the first builds the environment from the lock, the second carries only what runs.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bots bots
COPY core core
COPY persistence persistence
COPY scheduler scheduler
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index .

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 elevate && install -d -o elevate -g elevate -m 0700 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ELEVATE_DATA_DIR=/data \
    ELEVATE_WEB_HOST=0.0.0.0
# Slack's requests and the install pages, where Slack speaks by HTTP; HTTPS is the work of a proxy before it.
EXPOSE 8080
USER elevate
WORKDIR /home/elevate
VOLUME /data
# `elevate check` ends with 1 when something that is set does not work.
HEALTHCHECK --interval=1m --timeout=20s --start-period=20s CMD ["elevate", "check"]
ENTRYPOINT ["elevate"]
CMD ["run"]
