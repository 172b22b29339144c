# Two images from one base: `api` (also for migrate and admin), and `worker`, which adds LibreOffice for PDF.
FROM python:3.11-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH SELTER_DATA_DIR=/data
RUN useradd --uid 10001 --create-home selter && mkdir /data && chown selter /data
WORKDIR /app
# The lock first: a change of code alone does not install everything again.
COPY deploy/install.sh deploy/uv.txt deploy/build.txt deploy/runtime.txt deploy/
COPY pyproject.toml README.md LICENSE cli.py stack.py worker.py ./
COPY activities activities
COPY api api
COPY contract_templates contract_templates
COPY demo demo
COPY domain domain
COPY records records
COPY regulations regulations
COPY runtime runtime
COPY workflows workflows
RUN sh deploy/install.sh /opt/venv deploy/runtime.txt && rm -rf ~/.cache
COPY deploy/worker_health.py deploy/
USER selter
VOLUME /data
ENTRYPOINT ["selter"]

FROM base AS api
EXPOSE 8080
CMD ["api"]

FROM base AS worker
USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
USER selter
CMD ["worker"]
