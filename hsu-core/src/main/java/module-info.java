/** An embeddable process manager. Begin at {@link io.hsu.ProcessManager#builder()}. */
module io.hsu.core {
    requires com.github.oshi;
    requires com.sun.jna;
    requires org.slf4j;

    exports io.hsu;
    exports io.hsu.spi;

    uses io.hsu.spi.HealthCheckProvider;
    uses io.hsu.spi.LogSinkProvider;
    uses io.hsu.spi.ResourceMonitorProvider;
    uses io.hsu.spi.RestartPolicyProvider;
    uses io.hsu.spi.StopRequestProvider;

    provides io.hsu.spi.HealthCheckProvider with
            io.hsu.internal.health.ProcessHealthCheck.Provider,
            io.hsu.internal.health.TcpHealthCheck.Provider,
            io.hsu.internal.health.ExecHealthCheck.Provider,
            io.hsu.internal.health.LogLineHealthCheck.Provider,
            io.hsu.internal.health.FileHealthCheck.Provider,
            io.hsu.internal.health.NotifyHealthCheck.Provider;
    provides io.hsu.spi.LogSinkProvider with
            io.hsu.internal.log.FileSink.Provider,
            io.hsu.internal.log.PrintStreamSink.Stdout,
            io.hsu.internal.log.PrintStreamSink.Stderr,
            io.hsu.internal.log.Slf4jSink.Provider;
    provides io.hsu.spi.ResourceMonitorProvider with
            io.hsu.internal.resource.linux.LinuxMonitorProvider,
            io.hsu.internal.resource.oshi.OshiMonitorProvider;
    provides io.hsu.spi.RestartPolicyProvider with
            io.hsu.internal.restart.BuiltInPolicies.Never,
            io.hsu.internal.restart.BuiltInPolicies.OnFailure,
            io.hsu.internal.restart.BuiltInPolicies.Always,
            io.hsu.internal.restart.BuiltInPolicies.UnlessStopped;
}
