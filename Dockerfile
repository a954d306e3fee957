# The API and the explorer, for use beside a Neo4j server (docker-compose.yml).

FROM python:3.11-slim-bookworm AS build
# The lock holds the developers' tools too. All its files are fetched with their hashes checked, and then pip may
# take from those files only: what carisec does not require stays behind in this stage.
COPY requirements.lock /build/
RUN pip download --no-cache-dir --require-hashes --only-binary=:all: --dest /wheels --requirement /build/requirements.lock

COPY pyproject.toml README.md LICENSE /build/
COPY api /build/api
COPY carisec /build/carisec
COPY cli /build/cli
COPY graph /build/graph
COPY loaders /build/loaders
COPY queries /build/queries
COPY schema /build/schema
# "embedded" adds the embedded engine, for a container without a Neo4j beside it: --build-arg EXTRAS=embedded,pictures
ARG EXTRAS=pictures
RUN python -m venv /opt/carisec \
    && /opt/carisec/bin/pip install --no-cache-dir --no-index --find-links /wheels "/build[${EXTRAS}]" \
    && /opt/carisec/bin/pip uninstall --yes pip setuptools \
    && /opt/carisec/bin/carisec --help > /dev/null


FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home carisec \
    && install --directory --owner=carisec --group=carisec /data
COPY --from=build /opt/carisec /opt/carisec
ENV PATH=/opt/carisec/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CARISEC_DATA_DIR=/data
USER carisec
WORKDIR /data
VOLUME /data
EXPOSE 8000
CMD ["carisec", "serve", "--host", "0.0.0.0", "--port", "8000"]
