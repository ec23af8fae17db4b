package io.hsu.config;

import java.util.Locale;
import java.util.Map;

/**
 * What a check looks at.
 *
 * @param type the type as it is written; empty if it could not be read, and that has been said
 * @param at where the file says so; the check as a whole if it does not
 * @param shortForms values that stand beside the type's block, by the settings they are short for
 */
record CheckKind(String type, Value at, Map<String, Value> shortForms) {

    static final String PROCESS = "process";
    static final String HTTP = "http";
    static final String GRPC = "grpc";

    boolean isReadable() {
        return !type.isEmpty();
    }

    boolean is(String other) {
        return normal(type).equals(normal(other));
    }

    /** {@return a type as providers compare it} */
    static String normal(String type) {
        return type.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
