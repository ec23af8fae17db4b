package io.hsu.internal.log;

import io.hsu.LogTarget;
import java.io.PrintStream;

class StdoutSinkTest extends PrintedSinkContract {

    @Override
    LogTarget unmarked() {
        return LogTarget.stdout();
    }

    @Override
    PrintStream exchange(PrintStream stream) {
        PrintStream before = System.out;
        System.setOut(stream);
        return before;
    }
}
