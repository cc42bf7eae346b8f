# The images of the three services. They share the build, the Java runtime and Debian, and need nothing but this repository:
#   docker build --target worker            -t prosa/worker .
#   docker build --target websocket-gateway -t prosa/websocket-gateway .
#   docker build --target ingest-http       -t prosa/ingest-http .

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
ENV MAVEN_ARGS="-B -ntp -q -Dquick -Pimage -pl worker,websocket-gateway,ingest-http -am"
# What is fetched changes with the poms only, so it is a layer of its own.
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY core/pom.xml core/
COPY ingest-lambda/pom.xml ingest-lambda/
COPY worker/pom.xml worker/
COPY websocket-gateway/pom.xml websocket-gateway/
COPY web/pom.xml web/
COPY ingest-http/pom.xml ingest-http/
RUN sed -i -E '/<module>(local|bench)</d' pom.xml && ./mvnw $MAVEN_ARGS package && rm -rf ./*/target
COPY docs/openapi.yaml docs/asyncapi.yaml docs/protocol.md docs/
COPY core/src/main core/src/main
COPY ingest-lambda/src/main ingest-lambda/src/main
COPY worker/src/main worker/src/main
COPY websocket-gateway/src/main websocket-gateway/src/main
COPY web/src/main web/src/main
COPY ingest-http/src/main ingest-http/src/main
RUN ./mvnw $MAVEN_ARGS package \
 && for module in worker websocket-gateway ingest-http; do cp $module/target/$module-*.jar $module/target/image/own/; done

# The parts of the JDK that the services use; without the rest, half of its size.
FROM eclipse-temurin:25-jdk AS runtime
RUN jlink --output /java \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.httpserver,jdk.management,jdk.unsupported \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-9

FROM debian:bookworm-slim AS service
COPY --from=runtime /java /opt/java
ENV PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 \
    PROSA_HOST=0.0.0.0 \
    PROSA_STATUS_PORT=9090
WORKDIR /app
# A number, because an orchestrator that insists on a user other than root cannot look up a name.
USER 10001:10001
EXPOSE 9090
# Three times, because a crowd may keep a gateway from answering its own handshake for a while.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PROSA_STATUS_PORT && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"up\"' <&3"]
# Half of the memory is heap; threads, code and buffers take the rest. More flags: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-cp", "/app/own/*:/app/lib/*"]
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Prosa" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="docker.io/library/debian:bookworm-slim" \
      dev.prosa.sbom="/app/sbom.json"

FROM service AS worker
LABEL org.opencontainers.image.title="prosa/worker" \
      org.opencontainers.image.description="Takes messages from the queue, asks a model, delivers the reply"
COPY --from=build /src/worker/target/image/lib lib
COPY --from=build /src/worker/target/image/sbom.json ./
COPY --from=build /src/worker/target/image/own own
CMD ["dev.prosa.worker.WorkerMain"]

FROM service AS websocket-gateway
LABEL org.opencontainers.image.title="prosa/websocket-gateway" \
      org.opencontainers.image.description="Carries replies to browsers over WebSockets"
EXPOSE 8081
COPY --from=build /src/websocket-gateway/target/image/lib lib
COPY --from=build /src/websocket-gateway/target/image/sbom.json ./
COPY --from=build /src/websocket-gateway/target/image/own own
CMD ["dev.prosa.gateway.WebSocketGatewayMain"]

FROM service AS ingest-http
LABEL org.opencontainers.image.title="prosa/ingest-http" \
      org.opencontainers.image.description="The HTTP API and the page: the Lambda handlers behind a small HTTP server"
EXPOSE 8080
COPY --from=build /src/ingest-http/target/image/lib lib
COPY --from=build /src/ingest-http/target/image/sbom.json ./
COPY --from=build /src/ingest-http/target/image/own own
CMD ["dev.prosa.front.IngestHttpMain"]

# Creates what the services find on AWS, in an emulator, and ends (docker-compose.yml).
FROM ingest-http AS resources
LABEL org.opencontainers.image.title="prosa/resources" \
      org.opencontainers.image.description="Creates queue, dead-letter queue, table and parameters in an AWS emulator"
COPY localstack/parameters.properties ./
HEALTHCHECK NONE
CMD ["dev.prosa.front.ResourcesMain", "/app/parameters.properties"]
