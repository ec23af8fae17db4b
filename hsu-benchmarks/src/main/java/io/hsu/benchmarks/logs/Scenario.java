package io.hsu.benchmarks.logs;

import io.hsu.benchmarks.report.Report;
import java.io.IOException;
import java.util.List;

/** Something that is measured and makes one table. */
interface Scenario {

    /** {@return its name on the command line} */
    String key();

    /** {@return the keys of those that take part; none if only HSU does} */
    List<String> contenders();

    /** {@return what was found} */
    Report measure(Selection selection) throws IOException, InterruptedException;
}
