package io.hsu;

/** One of a process's two output streams. */
public enum StreamKind {
    STDOUT,
    STDERR;

    /** {@return {@code "stdout"} or {@code "stderr"}} */
    @Override
    public String toString() {
        return this == STDOUT ? "stdout" : "stderr";
    }
}
