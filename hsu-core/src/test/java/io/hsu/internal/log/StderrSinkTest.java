package io.hsu.internal.log;

import io.hsu.LogTarget;
import java.io.PrintStream;

class StderrSinkTest extends PrintedSinkContract {

    @Override
    LogTarget unmarked() {
        return LogTarget.stderr();
    }

    @Override
    PrintStream exchange(PrintStream stream) {
        PrintStream before = System.err;
        System.setErr(stream);
        return before;
    }
}
