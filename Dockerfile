# syntax=docker/dockerfile:1
# The hub from its own npm package: nothing of the build is in the last stage.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Nothing needs a script of its own: the runtime is this image's, and the SQLite driver brings its binaries.
RUN npm ci --ignore-scripts
COPY . .
RUN npm pack --pack-destination /tmp \
 && mkdir /app /data \
 && tar -xzf /tmp/hookswitch-*.tgz --strip-components=1 -C /app \
 && cp package-lock.json /app/
WORKDIR /app
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/node node_modules/node-bin-* node_modules/.bin

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Hookswitch" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app /app
# A volume that is empty takes over whose folder this is.
COPY --from=build --chown=10001:10001 --chmod=0700 /data /data
# What `hookswitch serve` would otherwise start itself anew for (docs/guide/service.md).
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=1 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    MALLOC_MMAP_THRESHOLD_=32768 \
    NODE_OPTIONS=--max-semi-space-size=16 \
    NODE_COMPILE_CACHE=/data/.compiled
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
# Whether the process answers. Not /readyz: a system that is away is no reason to end the hub.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/livez').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/bin/hookswitch.js"]
CMD ["serve", "--config", "/etc/hookswitch/hookswitch.yaml"]
