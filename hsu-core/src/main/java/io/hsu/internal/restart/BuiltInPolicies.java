package io.hsu.internal.restart;

import io.hsu.Restart;
import io.hsu.spi.RestartContext;
import io.hsu.spi.RestartDecision;
import io.hsu.spi.RestartDecision.GiveUp;
import io.hsu.spi.RestartDecision.RestartAfter;
import io.hsu.spi.RestartDecision.StayStopped;
import io.hsu.spi.RestartPolicy;
import io.hsu.spi.RestartPolicyProvider;
import io.hsu.spi.RestartTrigger;

/**
 * The four policies every HSU has. They differ in two answers only: whether a failure is followed by a restart, and
 * whether a clean exit is. {@code unless-stopped} differs from {@code always} in what outlives the manager, not here.
 */
public final class BuiltInPolicies {

    private record BuiltIn(boolean afterFailure, boolean afterCleanExit) implements RestartPolicy {

        @Override
        public RestartDecision decide(RestartContext context) {
            if (context.permanent()) {
                return new GiveUp(context.reason());
            }
            if (context.trigger() == RestartTrigger.CLEAN_EXIT && !afterCleanExit) {
                return new StayStopped(context.reason());
            }
            if (!afterFailure) {
                return new GiveUp(context.reason());
            }
            if (!context.retriesLeft()) {
                return new GiveUp("%s, after %s"
                        .formatted(
                                context.reason(),
                                context.retries() == 1 ? "1 restart" : context.retries() + " restarts"));
            }
            return new RestartAfter(context.delay());
        }
    }

    private abstract static class Named implements RestartPolicyProvider {
        private final String name;
        private final RestartPolicy policy;

        Named(String name, boolean afterFailure, boolean afterCleanExit) {
            this.name = name;
            this.policy = new BuiltIn(afterFailure, afterCleanExit);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public RestartPolicy create() {
            return policy;
        }
    }

    /** Provides {@code never}. */
    public static final class Never extends Named {
        public Never() {
            super(Restart.NEVER, false, false);
        }
    }

    /** Provides {@code on-failure}. */
    public static final class OnFailure extends Named {
        public OnFailure() {
            super(Restart.ON_FAILURE, true, false);
        }
    }

    /** Provides {@code always}. */
    public static final class Always extends Named {
        public Always() {
            super(Restart.ALWAYS, true, true);
        }
    }

    /** Provides {@code unless-stopped}. */
    public static final class UnlessStopped extends Named {
        public UnlessStopped() {
            super(Restart.UNLESS_STOPPED, true, true);
        }
    }

    private BuiltInPolicies() {}
}
