package io.hsu.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hsu.HealthChecks;
import io.hsu.spi.HealthCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks over gRPC: the block, and the short forms of the flat shape. */
class GrpcCheckTest extends ConfigTestBase {

    private static final String AT = "managed_processes[0].management.health_check";
    private static final String NO_PORT = "no address is given, and only an integrated process is given a port";

    private HealthCheck check(String block) {
        return process(flat("health_check: " + block)).healthChecks().get(0).check();
    }

    private void assertRefused(String block, String... expected) {
        assertError(flat("health_check: " + block), expected);
    }

    @Test
    void block_isForTheProvider() {
        assertEquals(
                new FakeGrpc(
                        Optional.of("h:1"),
                        "s",
                        "s/m",
                        Map.of("a", "b"),
                        true,
                        "/trust.p12",
                        "changeit",
                        "example.com"),
                check(
                        "{type: GRPC, grpc: {address: 'h:1', service: s, method: s/m, headers: {a: b}, tls: true, trust_store: /trust.p12, trust_store_password: changeit, authority: example.com}}"));
    }

    @Test
    void shortForm_isTheAddress() {
        assertEquals(FakeGrpc.at("h:1"), check("{grpc_service: 'h:1', grpc_health_check: true}"));
        assertEquals(FakeGrpc.at("h:1"), check("{grpc_health_check: yes, grpc: {address: 'h:1'}}"));
        assertEquals(FakeGrpc.at("h:1"), check("{type: grpc, grpc_service: 'h:1'}"));
        assertEquals(
                new FakeGrpc(Optional.of("h:1"), "s", "", Map.of(), false, "", "", ""),
                check("{type: grpc, grpc_service: 'h:1', grpc_health_check: true, grpc: {service: s}}"));
        assertEquals(
                FakeGrpc.atItsPort(),
                process(integrated("health_check: {grpc_health_check: true}"))
                        .healthChecks()
                        .get(0)
                        .check());
        assertEquals(HealthChecks.process(), check("{grpc_health_check: false}"));
    }

    @Test
    void address_missing_isToldWhereTheCheckStands() {
        assertRefused("{type: grpc}", "7:28: " + AT + ".type: " + NO_PORT);
        assertRefused("{type: grpc, grpc: {service: s}}", "7:34: " + AT + ".grpc: " + NO_PORT);
        assertError(
                onProcess("readiness_check:\n  - {type: process}\n  - {type: grpc, name: x}"),
                "7:16: managed_processes[0].readiness_check[1].type: " + NO_PORT);
        assertRefused(
                "{grpc_health_check: true}",
                "7:41: " + AT
                        + ".grpc_health_check: needs grpc_service, the address to ask: only a process of type integrated_managed is given a port");
    }

    /** Each is told, and nothing else is told of the process as a whole. */
    @Test
    void checksThatDoNotGoWithTheProcess() {
        assertError(
                flat(
                                "health_check:\n  - {type: grpc}\n  - {type: process, name: alive}\n  - {type: grpc, name: other, grpc: {address: 'h:1', service: OF x}}")
                        + "    startup_check: {type: grpc, grpc: {tls: true}}\n",
                "8:18: " + AT + "[0].type: " + NO_PORT,
                "10:69: " + AT + "[2].grpc.service: service 'OF x' is not served by 'a'",
                "11:33: managed_processes[0].startup_check.grpc: " + NO_PORT);
        assertRefused(
                "{type: grpc, grpc: {address: 'h:1', service: BROKEN}}",
                "7:34: " + AT
                        + ".grpc: the check cannot be made: java.lang.UnsupportedOperationException: out of order");
    }

    @Test
    void checkThatDoesNotGoWithTheProcess_showsNoReference() {
        loader = loader.environment(Map.of("S", "OF s3cr3t", "ID", "id-1234"));

        assertError(
                flat("health_check: {type: grpc, grpc: {address: 'h:1', service: '${env:S}'}}")
                        .replace("id: a", "id: ${env:ID}"),
                "7:66: " + AT + ".grpc.service: service '${env:S}' is not served by '${env:ID}'");
    }

    @Test
    void service_withoutTheFlag() {
        assertRefused(
                "{grpc_service: 'h:1'}",
                "7:22: " + AT
                        + ".grpc_service: is asked only with 'grpc_health_check: true' beside it; add that, or remove this");
    }

    @Test
    void service_withTheFlagOff_isAWarning() {
        String yaml = flat("health_check: {grpc_service: 'h:1', grpc_health_check: off}");

        assertEquals(
                List.of("7:22: " + AT + ".grpc_service: is not asked, because grpc_health_check is false"),
                warnings(yaml));
        assertEquals(HealthChecks.process(), process(yaml).healthChecks().get(0).check());
        assertEquals(HealthChecks.process(), check("{type: process, grpc_service: 'h:1', grpc_health_check: false}"));
    }

    @Test
    void shortForms_ofBoth() {
        String why =
                ": stands beside http_endpoint (line 7), but a check asks over HTTP or over gRPC; remove one, or make a list of two checks";

        assertRefused(
                "{http_endpoint: 'http://h', grpc_service: 'h:1', grpc_health_check: true}",
                "7:49: " + AT + ".grpc_service" + why);
        assertRefused("{http_endpoint: 'http://h', grpc_service: 'h:1'}", "7:49: " + AT + ".grpc_service" + why);
        assertRefused(
                "{http_endpoint: 'http://h', grpc_health_check: true}", "7:49: " + AT + ".grpc_health_check" + why);
        assertEquals(FakeHttp.get("http://h"), check("{http_endpoint: 'http://h', grpc_health_check: false}"));
    }

    @Test
    void shortForms_ofAnotherType() {
        assertRefused(
                "{type: process, grpc_service: 'h:1'}",
                "7:51: " + AT
                        + ".grpc_service: is short for grpc.address, but the check is of type process; remove it, or write type: grpc");
        assertRefused(
                "{type: http, http_endpoint: 'http://h', grpc_service: 'h:1', grpc_health_check: true}",
                "7:75: " + AT
                        + ".grpc_service: is short for grpc.address, but the check is of type http; remove it, or write type: grpc");
        assertRefused(
                "{type: process, grpc_health_check: true}",
                "7:56: " + AT
                        + ".grpc_health_check: asks for a check of type grpc, but the check is of type process; remove it, or write type: grpc");
        assertRefused(
                "{type: grpc, http_endpoint: 'http://h', grpc_service: 'h:1'}",
                "7:49: " + AT
                        + ".http_endpoint: is short for http.url, but the check is of type grpc; remove it, or write type: http");
    }

    @Test
    void shortForms_wrong() {
        assertRefused(
                "{type: grpc, grpc_health_check: false, grpc: {address: 'h:1'}}",
                "7:53: " + AT + ".grpc_health_check: is false, but the check is of type grpc; remove one of them");
        assertRefused(
                "{grpc_service: 'h:1', grpc_health_check: perhaps}",
                "7:62: " + AT + ".grpc_health_check: must be true or false, but is 'perhaps'");
        assertRefused(
                "{grpc_health_check: perhaps}",
                "7:41: " + AT + ".grpc_health_check: must be true or false, but is 'perhaps'");
        assertRefused(
                "{grpc_service: 'h:1', grpc_health_check: true, grpc: {address: 'h:2'}}",
                "7:36: " + AT + ".grpc_service: is short for grpc.address, which is given too; keep one of them");
        assertRefused(
                "{grpc_service: 'h:70000', grpc_health_check: true}",
                "7:36: " + AT + ".grpc_service: address 'h:70000' is not allowed; it must be host:port");
        assertRefused(
                "{grpc_service: ['h:1'], grpc_health_check: true}",
                "7:36: " + AT + ".grpc_service: address must be a text, but is a list");
    }
}
