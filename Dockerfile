# Three images: `api` (also for migrate, backup and admin), `worker`, which adds LibreOffice for PDF, and `proxy`.
# Debian 12, as the tests run on it: its PostgreSQL programs are of the version that docker-compose.yml runs.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH SELTER_DATA_DIR=/data HOME=/tmp
RUN useradd --uid 10001 --no-create-home selter && install -d -o selter -g selter -m 700 /data /backups
WORKDIR /app
# The lock first: a change of code alone does not install everything again.
COPY deploy/install.sh deploy/uv.txt deploy/build.txt deploy/runtime.txt deploy/
COPY pyproject.toml README.md LICENSE cli.py stack.py worker.py ./
COPY activities activities
COPY api api
COPY commands commands
COPY contract_templates contract_templates
COPY demo demo
COPY domain domain
COPY records records
COPY regulations regulations
COPY runtime runtime
COPY workflows workflows
RUN sh deploy/install.sh /opt/venv deploy/runtime.txt && rm -rf /tmp/* /tmp/.[a-z]*
COPY deploy/worker_health.py deploy/
VOLUME ["/data", "/backups"]
ENTRYPOINT ["selter"]

FROM base AS api
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/*
USER selter
EXPOSE 8080
CMD ["api"]

FROM base AS worker
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
USER selter
CMD ["worker"]

FROM caddy:2.10-alpine AS proxy
# It listens above 1024 and needs no privilege; a binary with one could not start without it.
RUN setcap -r /usr/bin/caddy && adduser -D -H -u 10001 selter && chown -R selter:selter /data /config
COPY deploy/caddy/Caddyfile /etc/caddy/Caddyfile
USER selter
EXPOSE 8080 8443
