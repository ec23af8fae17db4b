/**
 * An embeddable process manager: native processes are started, watched, health-checked, restarted with judgement, and
 * stopped together with everything they started. Begin at {@link io.hsu.ProcessManager#builder()}.
 */
package io.hsu;
