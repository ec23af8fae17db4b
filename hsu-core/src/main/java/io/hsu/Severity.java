package io.hsu;

/** How bad the thing is that a restart answers; {@link Restart} scales delay and retries by it. */
public enum Severity {
    WARNING,
    CRITICAL,
    EMERGENCY
}
