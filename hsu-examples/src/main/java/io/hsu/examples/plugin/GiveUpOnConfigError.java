package io.hsu.examples.plugin;

import io.hsu.ExitStatus;
import io.hsu.spi.RestartContext;
import io.hsu.spi.RestartDecision;
import io.hsu.spi.RestartDecision.GiveUp;
import io.hsu.spi.RestartDecision.RestartAfter;
import io.hsu.spi.RestartDecision.StayStopped;
import io.hsu.spi.RestartPolicy;
import io.hsu.spi.RestartPolicyProvider;
import io.hsu.spi.RestartTrigger;

/**
 * A restart policy of one's own: as {@code on-failure}, but a process that exits with code 78 (EX_CONFIG in sysexits.h)
 * has said itself that trying again is of no use.
 */
public final class GiveUpOnConfigError implements RestartPolicyProvider, RestartPolicy {

    private static final ExitStatus CONFIG_ERROR = new ExitStatus.Exited(78);

    @Override
    public String name() {
        return "give-up-on-config-error";
    }

    @Override
    public RestartPolicy create() {
        return this; // it keeps no state, so one serves all
    }

    @Override
    public RestartDecision decide(RestartContext context) {
        boolean configError =
                context.exit().map(exit -> exit.status().equals(CONFIG_ERROR)).orElse(false);
        if (configError) {
            return new GiveUp("it says that its configuration is wrong; correct it and start it again");
        }
        if (context.trigger() == RestartTrigger.CLEAN_EXIT) {
            return new StayStopped(context.reason());
        }
        if (context.permanent() || !context.retriesLeft()) {
            return new GiveUp(context.reason());
        }
        return new RestartAfter(context.delay());
    }
}
