package io.hsu.config;

import io.hsu.LogTarget;

/** A log target, and where the file has it. */
record PlacedTarget(Place place, LogTarget target) {}
