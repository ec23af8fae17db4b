package io.hsu.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hsu.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as they are seen in the wild, each with the level that a reader would tell. */
class LevelDetectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // log4j, logback, Spring Boot, java.util.logging
                "ERROR→2026-11-25 09:21:50,123 ERROR [main] com.acme.Foo - it broke",
                "INFO→09:21:50.123 [main] INFO  com.acme.Foo - started",
                "WARN→2026-11-25T09:21:50.123+01:00  WARN 1234 --- [nio-8080-exec-1] c.a.Foo : slow",
                "DEBUG→[main] DEBUG com.acme.Foo - x",
                "TRACE→2026-11-25 09:21:50.123 TRACE 17 --- [pool-1-thread-2] c.a.Foo : x",
                "INFO→INFO: Server startup in 523 ms",
                "ERROR→SEVERE: it broke",
                "TRACE→FINEST: x",
                "DEBUG→FINE: x",
                // Python
                "WARN→WARNING:root:disk is almost full",
                "ERROR→2026-11-25 09:21:50,123 - my.logger - ERROR - it broke",
                "FATAL→CRITICAL:app:gone",
                "INFO→[2026-11-25 09:21:50 +0000] [7] [INFO] Starting gunicorn 20.1.0",
                "INFO→INFO:     127.0.0.1:54321 - \"GET / HTTP/1.1\" 200 OK",
                "DEBUG→[2026-11-25 09:21:50,123: DEBUG/MainProcess] x",
                // glog, klog
                "INFO→I1125 09:21:50.123456    1234 main.go:17] started",
                "WARN→W1125 09:21:50.123456    1234 main.go:17] slow",
                "ERROR→E1125 09:21:50.123456    1234 main.go:17] it broke",
                "FATAL→F1125 09:21:50.123456    1234 main.go:17] gone",
                // nginx, PostgreSQL, MySQL, syslog
                "ERROR→2026/11/25 09:21:50 [error] 1234#0: *1 open() failed (2: No such file or directory)",
                "INFO→2026/11/25 09:21:50 [notice] 1#1: start worker process 29",
                "FATAL→2026/11/25 09:21:50 [emerg] 1#1: bind() to 0.0.0.0:80 failed",
                "FATAL→2026/11/25 09:21:50 [crit] 1#1: x",
                "FATAL→2026/11/25 09:21:50 [alert] 1#1: x",
                "INFO→2026-11-25 09:21:50.123 UTC [1] LOG:  database system is ready to accept connections",
                "FATAL→2026-11-25 09:21:50.123 UTC [66] FATAL:  role \"x\" does not exist",
                "WARN→2026-11-25T09:21:50.123456Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed.",
                "ERROR→Nov 25 09:21:50 web1 api[1234]: ERROR: it broke",
                "ERROR→Nov 25 09:21:50 web1 api[1234]: <err> it broke",
                "ERROR→[Wed Nov 25 09:21:50.123456 2026] [core:error] [pid 17] it broke",
                // Rust, Go
                "WARN→[2026-11-25T09:21:50Z WARN  app::db] slow",
                "INFO→2026-11-25T09:21:50.123456Z  INFO app: started",
                "ERROR→2026-11-25T09:21:50.123Z\tERROR\tapp/main.go:17\tit broke",
                "ERROR→{\"level\":\"error\",\"ts\":1795598510.123,\"msg\":\"it broke\"}",
                "FATAL→panic: runtime error: index out of range [1] with length 1",
                "FATAL→fatal: not a git repository",
                "WARN→9:21AM WRN slow size=10",
                // .NET
                "INFO→[09:21:50 INF] started",
                "FATAL→[09:21:50 FTL] gone",
                "INFO→info: Microsoft.Hosting.Lifetime[0]",
                // pino, bunyan
                "INFO→{\"level\":30,\"time\":1795598510123,\"pid\":1,\"msg\":\"started\"}",
                "ERROR→{\"name\":\"app\",\"hostname\":\"h\",\"pid\":1,\"level\":50,\"msg\":\"it broke\",\"v\":0}",
                "TRACE→{\"level\":10}",
                // logfmt
                "WARN→time=\"2026-11-25T09:21:50Z\" level=warning msg=\"slow\" size=10",
                "ERROR→ts=2026-11-25T09:21:50Z caller=main.go:17 level=error err=\"it broke\"",
                "INFO→severity=\"info\" x",
                // colours
                "ERROR→\u001B[31mERROR\u001B[0m it broke",
                "WARN→\u001B[2m2026-11-25T09:21:50Z\u001B[0m \u001B[33m WARN\u001B[0m \u001B[2mapp\u001B[0m: slow",
                "INFO→\u001B[1;32m[INFO]\u001B[m started",
                "INFO→[\u001B[34mINFO\u001B[m] Scanning for projects...",
                "INFO→\u001B[32minfo\u001B[39m: started",
                "ERROR→[\u001B[31merror\u001B[39m] it broke",
                // others
                "ERROR→ERROR",
                "ERROR→  ERROR x",
                "ERROR→\tERROR x",
                "WARN→warning: unused variable: `x`",
                "ERROR→error: could not compile `x`",
                "ERROR→Error: listen EADDRINUSE: address already in use :::3000",
                "WARN→(node:1234) Warning: x",
                "WARN→[warn] x",
                "INFO→|info| x",
                "WARN→12:00:00|WARN|x",
                "INFO→INFORMATION: x",
                "FATAL→EMERGENCY x"
            })
    void level_isFoundWhereItUsuallyStands(LogLevel level, String line) {
        assertEquals(level, detect(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "started",
                "no error here",
                "warning signs of",
                "information",
                "For your information, nothing happened",
                "the error was fixed",
                "0 errors, 0 warnings",
                "Debugging is fun",
                "trace of a ray",
                "Information about the server",
                "GET /error HTTP/1.1",
                "GET /api/info?level=1",
                "TERROR",
                "ERRORS: 0",
                "NO_ERROR",
                "ERROR_CODE=5",
                "X-ERROR",
                "error.log was rotated",
                "loading config",
                "level=9 of the game",
                "I1125x09:21:50 x",
                "X1125 09:21:50.123456 x",
                "E125 09:21:50.123456 x",
                "E0308 is what the compiler calls it",
                "{\"msg\":\"x\"}",
                "{\"level\":35,\"msg\":\"x\"}",
                "{\"level\":{\"name\":\"error\"}}",
                "\u001B[31mred\u001B[0m",
                "\u001B[",
                "\u001B",
                "ä ERRORä",
                "at com.acme.Foo.error(Foo.java:17)",
                "Caused by: com.acme.FatalException",
                "one two three four five six seven eight ERROR"
            })
    void level_isNotFoundInProse(String line) {
        assertNull(detect(line));
    }

    @Test
    void level_isNotLookedForFarBehind() {
        assertEquals(LogLevel.ERROR, detect("1".repeat(100) + " ERROR"));
        assertNull(detect("1".repeat(200) + " ERROR"));
    }

    @Test
    void level_liesWithinTheLine() {
        byte[] bytes = "ERROR INFO FATAL".getBytes(UTF_8);
        assertEquals(LogLevel.INFO, LevelDetector.detect(bytes, 6, 10));
        assertNull(LevelDetector.detect(bytes, 1, 5), "the rest of a word");
        assertNull(LevelDetector.detect(bytes, 0, 4), "the begin of a word");
    }

    private static LogLevel detect(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return LevelDetector.detect(bytes, 0, bytes.length);
    }
}
