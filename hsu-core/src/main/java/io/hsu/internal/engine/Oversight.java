package io.hsu.internal.engine;

import io.hsu.internal.limit.WatchRules;

/**
 * What all processes of one manager are watched with.
 *
 * @param sampling measures them
 * @param rules what it takes to watch a limit
 */
record Oversight(Sampling sampling, WatchRules rules) {}
