FROM debian:trixie-slim AS system
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv bubblewrap graphviz libseccomp2 ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 kucha

FROM system AS build
RUN apt-get update && apt-get install -y --no-install-recommends make python3-pip
WORKDIR /kucha
COPY . .
RUN make setup

FROM system
COPY --from=build --chown=root:root /kucha /kucha
WORKDIR /kucha
RUN mkdir /data /run/kucha && chown kucha /data /run/kucha
USER kucha
ENV KUCHA_DATA=/data PYTHONDONTWRITEBYTECODE=1
VOLUME /data
ENTRYPOINT ["/kucha/.venv/bin/kucha"]
