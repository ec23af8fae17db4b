/** Benchmarks of HSU beside its peers; {@link io.hsu.benchmarks.Main} is the command line. See docs/performance.md. */
package io.hsu.benchmarks;
