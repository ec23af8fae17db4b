package io.hsu.config;

import java.util.Locale;

/** The kinds of process that a file may name. */
enum ProcessType {
    STANDARD_MANAGED,
    INTEGRATED_MANAGED,
    UNMANAGED;

    /** {@return the word for it, which is the key of its block, too} */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
