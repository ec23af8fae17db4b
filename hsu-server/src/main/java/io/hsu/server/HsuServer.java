package io.hsu.server;

import io.hsu.HsuException;
import io.hsu.ProcessManager;
import io.hsu.config.ConfigException;
import io.hsu.config.HsuConfig;
import io.hsu.config.LogLevel;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;

/** The stand-alone manager: reads a configuration, takes its port, and runs what is configured. */
final class HsuServer {

    private final RunOptions options;

    HsuServer(RunOptions options) {
        this.options = options;
    }

    /** {@return the exit code, once all is over} */
    int run() throws InterruptedException {
        preload();
        Logging.configure(options.debug() ? LogLevel.DEBUG : LogLevel.INFO);
        HsuConfig config;
        ProcessManager manager;
        try {
            HsuConfig.Loader loader = HsuConfig.loader();
            config = (options.lenient() ? loader.lenient() : loader).load(options.config());
            if (!options.debug()) {
                Logging.configure(config.logLevel());
            }
            config.warnings().forEach(warning -> complain("warning: " + warning));
            manager = config.toBuilder().build();
        } catch (ConfigException | IllegalArgumentException | IllegalStateException e) {
            complain(e.getMessage());
            return ExitCodes.WRONG_INPUT;
        } catch (HsuException e) {
            complain(e.getMessage());
            return ExitCodes.FAILED;
        }
        return run(config, manager);
    }

    /** While the configuration is read, another core can do what will come after it. Nothing depends on it. */
    private static void preload() {
        Thread thread = new Thread(ManagementServer::preload, "hsu-preload");
        thread.setDaemon(true);
        thread.start();
    }

    private int run(HsuConfig config, ProcessManager manager) throws InterruptedException {
        int port = options.port().orElse(config.port());
        ProcessHealthService health = ProcessHealthService.of(manager);
        try (ManagementServer management = ManagementServer.bind(port, health.service())) {
            Rescue rescue = new Rescue(manager, config.forceShutdownTimeout().plus(ManagerRun.KILL_GRACE), System.err);
            rescue.arm();
            int code = run(config, manager, health, management);
            rescue.disarm();
            return code;
        } catch (IOException e) {
            manager.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            complain(portProblem(port, String.valueOf(cause.getMessage())));
            return ExitCodes.FAILED;
        }
    }

    private int run(HsuConfig config, ProcessManager manager, ProcessHealthService health, ManagementServer management)
            throws InterruptedException {
        Console console = new Console(System.out, Clock.system(ZoneId.systemDefault()), config.processes());
        console.say(
                "STARTING",
                "hsu %s, pid %d, %s of %s, management on %s"
                        .formatted(
                                Version.number(),
                                ProcessHandle.current().pid(),
                                count(config.processes().size()),
                                config.file(),
                                management.address()));
        manager.addListener(console::onEvent);
        ManagerRun run = new ManagerRun(manager, console, health::shuttingDown, config.forceShutdownTimeout());
        Signals.handle(run::signal);
        return run.toTheEnd(options.runDuration());
    }

    /** What the system says is kept: it may also be that this user may not have the port. */
    static String portProblem(int port, String reason) {
        return "the management port %d on 127.0.0.1 cannot be used%s (%s), and nothing was started; choose another one with --port (0: any that is free) or process_manager.port"
                .formatted(port, reason.contains("in use") ? ": another program has it" : "", reason);
    }

    static String count(int processes) {
        return processes == 1 ? "1 process" : processes + " processes";
    }

    private static void complain(String message) {
        System.err.println("hsu: " + message);
    }
}
