package io.hsu.internal.engine;

import io.hsu.ProcessEvent.LimitViolated;
import io.hsu.internal.limit.WatchRules;
import java.util.function.Consumer;

/**
 * What all processes of one manager are watched with.
 *
 * @param sampling measures them
 * @param rules what it takes to watch a limit
 * @param alerts the host's handler; null if there is none
 */
record Oversight(Sampling sampling, WatchRules rules, Consumer<? super LimitViolated> alerts) {}
