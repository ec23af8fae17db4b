package io.hsu.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where figures were taken. */
final class Machine {

    static Map<String, Object> describe() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("architecture", System.getProperty("os.arch"));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.version"));
        return machine;
    }

    private Machine() {}
}
