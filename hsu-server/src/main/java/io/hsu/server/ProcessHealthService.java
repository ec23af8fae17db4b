package io.hsu.server;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.hsu.HealthStatus;
import io.hsu.ProcessEvent;
import io.hsu.ProcessManager;
import io.hsu.ProcessNotFoundException;
import io.hsu.ProcessState;
import io.hsu.ProcessStatus;

/**
 * The manager's view of its processes as a {@code grpc.health.v1.Health} service.
 *
 * <p>The service name "" is the manager: SERVING until it shuts down. The name of a process is SERVING while the process is
 * RUNNING and not UNHEALTHY. Safe for use by many threads.
 */
final class ProcessHealthService {

    private final ProcessManager manager;
    private final HealthStatusManager statuses = new HealthStatusManager();

    private ProcessHealthService(ProcessManager manager) {
        this.manager = manager;
    }

    /** {@return the service of a manager, kept current as long as the manager lives} */
    static ProcessHealthService of(ProcessManager manager) {
        ProcessHealthService service = new ProcessHealthService(manager);
        manager.addListener(service::onEvent);
        service.updateAll();
        return service;
    }

    BindableService service() {
        return statuses.getHealthService();
    }

    /** From now on the manager is NOT_SERVING; each process goes on being told of. */
    void shuttingDown() {
        statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    }

    private void onEvent(ProcessEvent event) {
        if (event instanceof ProcessEvent.EventsDropped) {
            updateAll();
        } else {
            update(event.processId());
        }
    }

    private void updateAll() {
        manager.list().forEach(status -> update(status.id()));
    }

    /**
     * The state now counts, not the one in the event: what follows it brings an event of its own. One at a time, so that an
     * older state never overwrites a newer one.
     */
    private synchronized void update(String id) {
        try {
            ProcessStatus status = manager.status(id);
            boolean serving = status.state() == ProcessState.RUNNING && status.health() != HealthStatus.UNHEALTHY;
            statuses.setStatus(id, serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
        } catch (ProcessNotFoundException e) {
            statuses.clearStatus(id); // it was removed
        }
    }
}
