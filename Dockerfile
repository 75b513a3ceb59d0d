# A static binary and nothing else. `docker build -t zonetext . && docker run -i zonetext clean < page.html`
FROM rust:1.91-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /zonetext
COPY . .
RUN cargo build --release --locked --target-dir /build && strip /build/release/zonetext

FROM scratch
COPY --from=build /build/release/zonetext /zonetext
COPY --from=build /zonetext/LICENSE-MIT /zonetext/LICENSE-APACHE /
WORKDIR /work
ENTRYPOINT ["/zonetext"]
