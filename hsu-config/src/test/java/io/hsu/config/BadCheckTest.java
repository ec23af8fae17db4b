package io.hsu.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a check is refused when the file is read, where it stands. */
class BadCheckTest extends ConfigTestBase {

    private static final String AT = "managed_processes[0].management.health_check";

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                // Durations and counts, in both forms.
                "{interval: -1s} => 32 => .interval => must not be negative, but is '-1s'",
                "{interval: 5} => 32 => .interval => a duration needs a unit, but '5' has none; write '5s' for seconds or '5ms' for milliseconds",
                "{interval: 5ms} => 32 => .interval => interval must be 10ms or more, but is 5ms",
                "{initial_delay: -1s} => 37 => .initial_delay => must not be negative, but is '-1s'",
                "{timeout: 0s} => 31 => .timeout => timeout must be above zero, but is 0s",
                "{interval: 2s, timeout: 2s} => 45 => .timeout => health check 'liveness': timeout (2s) must be shorter than interval (2s); shorten the one or raise the other",
                "{failure_threshold: 0} => 41 => .failure_threshold => must be a whole number, 1 or more, but is '0'",
                "{success_threshold: 0} => 41 => .success_threshold => must be a whole number, 1 or more, but is '0'",
                "{enabled: perhaps} => 31 => .enabled => must be true or false, but is 'perhaps'",
                "{run_options: {timeout: -1s}} => 45 => .run_options.timeout => must not be negative, but is '-1s'",
                "{run_options: {initial_delay: -1s}} => 51 => .run_options.initial_delay => must not be negative, but is '-1s'",
                "{run_options: {interval: 0s}} => 46 => .run_options.interval => interval must be above zero, but is 0s",
                "{run_options: {interval: 2s, timeout: 3s}} => 59 => .run_options.timeout => health check 'liveness': timeout (3s) must be shorter than interval (2s); shorten the one or raise the other",
                "{run_options: {retries: 0}} => 45 => .run_options.retries => must be a whole number, 1 or more, but is '0'",
                "{run_options: {retries: -1}} => 45 => .run_options.retries => must be a whole number, 1 or more, but is '-1'",
                "{run_options: {failure_threshold: 1}} => 36 => .run_options.failure_threshold => unknown key 'failure_threshold'; known are enabled, interval, timeout, initial_delay, retries, success_threshold",
                "{run_options: 3} => 35 => .run_options => must be a mapping of keys and values, but is a text",
                // Types.
                "{type: htpt} => 28 => .type => unknown health check type 'htpt'; available are exec, file, grpc, http, log-line, notify, process, tcp; did you mean 'http'?",
                "{type: Log_Lin} => 28 => .type => unknown health check type 'Log_Lin'; available are exec, file, grpc, http, log-line, notify, process, tcp; did you mean 'log-line'?",
                "{type: redis} => 28 => .type => unknown health check type 'redis'; available are exec, file, grpc, http, log-line, notify, process, tcp; add the module that provides it, or a HealthCheckProvider",
                "{type: [http]} => 28 => .type => must be a text, but is a list",
                "{type: ''} => 28 => .type => must not be blank",
                "{type: [http], http: {url: 'http://h'}} => 28 => .type => must be a text, but is a list",
                "{type: tcp, http: {url: 'http://h'}, tcp: {address: h, port: 1}} => 33 => .http => is for checks of type http, but this one is of type tcp; remove it, or change the type",
                "{grpc: {address: 'h:1'}} => 22 => .grpc => is for checks of type grpc, but this one is of type process; remove it, or change the type",
                "{type: log-line, log-line: {pattern: a}, log_line: {pattern: b}} => 62 => .log_line => is the same as the key in line 7; keep one of them",
                // HTTP, of the real provider.
                "{type: http} => 28 => .type => url is missing",
                "{type: http, http: {}} => 34 => .http => url is missing",
                "{type: http, http: {url: 'ftp://h'}} => 46 => .http.url => url 'ftp://h' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health",
                "{type: http, http: {url: 'http://h:70000/'}} => 46 => .http.url => url 'http://h:70000/' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health",
                "{http_endpoint: 'localhost:1'} => 37 => .http_endpoint => url 'localhost:1' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health",
                "{type: http, http_endpoint: 'h'} => 49 => .http_endpoint => url 'h' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health",
                "{http_endpoint: 'h', http: {method: PUT}} => 37 => .http_endpoint => url 'h' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health",
                "{type: http, http: {url: 'http://h', method: GTE}} => 66 => .http.method => method 'GTE' is not known; it must be one of DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
                "{type: http, http: {url: 'http://h', expected_status: 2xx}} => 75 => .http.expected_status => expected_status '2xx' is not allowed; write codes and ranges, such as 204, \"200-399\" or \"200,204\"",
                "{type: http, http: {url: 'http://h', expected_status: 99}} => 75 => .http.expected_status => expected status 99 is not allowed; codes are from 100 to 599, the lower first",
                "{type: http, http: {url: 'http://h', body_pattern: 'a('}} => 72 => .http.body_pattern => body pattern 'a(' is not a regular expression: Unclosed group near index 2",
                "{type: http, http: {url: 'http://h', headers: [abcd]}} => 67 => .http.headers => headers must be a map of texts, but is a list",
                "{type: http, http: {url: 'http://h', headers: {'a b': c}}} => 67 => .http.headers => header name 'a b' is not allowed; it must be letters, digits and !#$%&'*+-.^_`|~",
                "{type: http, http: {url: 'http://h', metod: GET}} => 58 => .http.metod => unknown key 'metod'; did you mean 'method'?",
                "{type: http, http: {ulr: 'http://h'}} => 41 => .http.ulr => unknown key 'ulr'; did you mean 'url'?",
                "{type: http, http: {url: 'http://h', colour: red}} => 58 => .http.colour => unknown key 'colour'; known are body_pattern, expected_status, headers, method, trust_store, trust_store_password, unix_socket, url",
                // gRPC.
                "{type: grpc, grpc: {address: 'h:0'}} => 50 => .grpc.address => address 'h:0' is not allowed; it must be host:port",
                "{type: grpc, grpc: {address: 'h:1', method: Ping}} => 65 => .grpc.method => method 'Ping' is not allowed; it must be package.Service/Method",
                "{type: grpc, grpc: {address: 'h:1', trust_store: /no/such.p12}} => 70 => .grpc.trust_store => trust store '/no/such.p12' does not exist",
                "{type: grpc, grpc: {address: 'h:1', tls: perhaps}} => 62 => .grpc.tls => tls must be true or false, but is perhaps",
                "{type: grpc, grpc: {address: 'h:1', truststore: x}} => 57 => .grpc.truststore => unknown key 'truststore'; did you mean 'trust_store'?",
                "{type: grpc, grpc: {adress: 'h:1'}} => 41 => .grpc.adress => unknown key 'adress'; did you mean 'address'?",
                // The rest.
                "{type: tcp, tcp: {address: h, port: 0}} => 57 => .tcp.port => port must be from 1 to 65535, but is 0",
                "{type: tcp, tcp: {address: h, port: http}} => 57 => .tcp.port => port must be a whole number from 1 to 65535, but is http",
                "{type: exec} => 28 => .type => command is missing",
                "{type: exec, exec: {command: c, args: x}} => 59 => .exec.args => args must be a list of texts, but is a single value",
                "{type: process, process: {pid: 1}} => 47 => .process.pid => unknown key 'pid'; remove it",
                "{type: notify, notify: {socket: /x}} => 45 => .notify.socket => unknown key 'socket'; remove it",
            })
    void isRefused(String block, int column, String path, String message) {
        loader = HsuConfig.loader().healthCheck(new FakeGrpc.Provider());

        assertError(flat("health_check: " + block), "7:%d: %s%s: %s".formatted(column, AT, path, message));
    }
}
