package io.hsu.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a check looks at: its {@code type}, or what the short forms of the flat shape make it. */
final class KindReader {

    private static final String ENDPOINT = "http_endpoint";
    private static final String SERVICE = "grpc_service";
    private static final String FLAG = "grpc_health_check";

    private final Block block;
    private final Optional<Value> type;
    private final Optional<Value> endpoint;
    private final Optional<Value> service;
    private final Optional<Value> flag;
    private final boolean overGrpc;

    private KindReader(Block block) {
        this.block = block;
        this.type = block.value("type");
        this.endpoint = block.value(ENDPOINT);
        this.service = block.value(SERVICE);
        this.flag = block.value(FLAG);
        // What is neither yes nor no is refused here; with an address, gRPC was meant.
        this.overGrpc = flag.map(value -> value.read(Value::bool).orElse(service.isPresent()))
                .orElse(false);
    }

    static CheckKind read(Block block) {
        KindReader reader = new KindReader(block);
        return reader.type.map(reader::ofType).orElseGet(reader::ofShortForms);
    }

    private CheckKind ofType(Value value) {
        String word = value.read(Value::nonBlank).map(String::strip).orElse("");
        Map<String, Value> shortForms = new HashMap<>();
        CheckKind kind = new CheckKind(word, value, shortForms);
        if (!kind.isReadable()) {
            return kind;
        }
        endpoint.ifPresent(url -> {
            if (kind.is(CheckKind.HTTP)) {
                shortForms.put("url", url);
            } else {
                refuseForType(url, "is short for http.url", CheckKind.HTTP, value);
            }
        });
        if (kind.is(CheckKind.GRPC)) {
            service.ifPresent(address -> shortForms.put("address", address));
            flag.filter(no -> !overGrpc)
                    .ifPresent(no -> no.error("is false, but the check is of type grpc; remove one of them"));
        } else if (service.isPresent() && flag.isPresent() && !overGrpc) {
            warnOfUnused(service.get());
        } else if (service.isPresent()) {
            refuseForType(service.get(), "is short for grpc.address", CheckKind.GRPC, value);
        } else if (overGrpc) {
            refuseForType(flag.orElseThrow(), "asks for a check of type grpc", CheckKind.GRPC, value);
        }
        return kind;
    }

    private CheckKind ofShortForms() {
        if (endpoint.isPresent()) {
            service.or(() -> flag.filter(yes -> overGrpc)).ifPresent(this::refuseBesideEndpoint);
            return new CheckKind(CheckKind.HTTP, endpoint.get(), Map.of("url", endpoint.get()));
        }
        if (overGrpc || (service.isPresent() && flag.isEmpty())) {
            service.filter(address -> flag.isEmpty()).ifPresent(KindReader::refuseWithoutFlag);
            return new CheckKind(
                    CheckKind.GRPC,
                    flag.or(() -> service).orElseThrow(),
                    service.map(address -> Map.of("address", address)).orElse(Map.of()));
        }
        service.ifPresent(KindReader::warnOfUnused);
        return new CheckKind(CheckKind.PROCESS, block.self(), Map.of());
    }

    private static void refuseForType(Value shortForm, String what, String type, Value other) {
        shortForm.error(
                "%s, but the check is of type %s; remove it, or write type: %s".formatted(what, other.shown(), type));
    }

    private void refuseBesideEndpoint(Value other) {
        other.source()
                .problems()
                .error(
                        other.keyPlace(),
                        "stands beside http_endpoint (line %d), but a check asks over HTTP or over gRPC; remove one, or make a list of two checks"
                                .formatted(endpoint.orElseThrow().keyPlace().line()));
    }

    private static void refuseWithoutFlag(Value service) {
        service.source()
                .problems()
                .error(
                        service.keyPlace(),
                        "is asked only with 'grpc_health_check: true' beside it; add that, or remove this");
    }

    private static void warnOfUnused(Value service) {
        service.source().problems().warning(service.keyPlace(), "is not asked, because grpc_health_check is false");
    }
}
