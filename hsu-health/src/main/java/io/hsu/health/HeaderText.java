package io.hsu.health;

import java.util.Objects;
import java.util.regex.Pattern;

/** What a request header may consist of. Checked here because the HTTP client's own messages show the value. */
final class HeaderText {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    static void check(String name, String value) {
        Objects.requireNonNull(value, "value");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "header name '%s' is not allowed; it must be letters, digits and !#$%%&'*+-.^_`|~".formatted(name));
        }
        checkValue(name, value, true);
    }

    /** A tab is allowed in HTTP's, not in gRPC's. */
    static void checkValue(String name, String value, boolean tabs) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = c == '\t' ? tabs : c >= ' ' && c <= '~';
            if (!allowed) {
                throw new IllegalArgumentException(
                        "the value of header '%s' has a character that is not allowed at index %d (U+%04X); it must be printable ASCII"
                                .formatted(name, i, (int) c));
            }
        }
    }

    private HeaderText() {}
}
