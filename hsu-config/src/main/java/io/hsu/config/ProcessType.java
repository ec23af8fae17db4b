package io.hsu.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The kinds of process that a file may name. */
enum ProcessType {
    STANDARD_MANAGED,
    INTEGRATED_MANAGED,
    UNMANAGED;

    /** Those that can be used. */
    static final Set<ProcessType> SUPPORTED =
            Collections.unmodifiableSet(EnumSet.of(STANDARD_MANAGED, INTEGRATED_MANAGED));

    /** {@return the word for it, which is the key of its block, too} */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
