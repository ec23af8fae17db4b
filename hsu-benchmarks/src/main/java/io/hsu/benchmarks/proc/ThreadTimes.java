package io.hsu.benchmarks.proc;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What each thread of a process had taken of the processors at a moment. Immutable. */
public final class ThreadTimes {

    /** The kernel keeps 15 characters of a name; pools number their threads. */
    private static final Pattern NUMBER = Pattern.compile("[-#]?\\d*-?$");

    /** What is less is not worth a word. */
    private static final double SHOWN = 0.1;

    private final Map<Long, ThreadTime> byId;

    private record ThreadTime(String name, long ticks) {}

    private ThreadTimes(Map<Long, ThreadTime> byId) {
        this.byId = Collections.unmodifiableMap(byId);
    }

    /** {@return those of a process, now} */
    public static ThreadTimes of(long pid) {
        Map<Long, ThreadTime> byId = new HashMap<>();
        for (long thread : ProcFs.threads(pid)) {
            Optional<String> stat = ProcFs.read(pid, "task/" + thread + "/stat");
            stat.ifPresent(line -> byId.put(
                    thread, new ThreadTime(name(line), ProcStat.parse(line).cpuTicks())));
        }
        return new ThreadTimes(byId);
    }

    /** {@return the command in a line, which stands in parentheses} */
    private static String name(String stat) {
        return group(stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
    }

    /** {@return what threads of a kind have in common} */
    static String group(String name) {
        if (name.matches("C[12] CompilerThre.*")) {
            return "JIT";
        }
        return name.startsWith("G1 ") || name.startsWith("GC ")
                ? "GC"
                : NUMBER.matcher(name).replaceFirst("");
    }

    /** {@return how many ticks the threads of each kind have taken since; of threads that have ended, nothing is known} */
    public Map<String, Long> since(ThreadTimes earlier) {
        Map<String, Long> ticks = new TreeMap<>();
        byId.forEach((id, now) -> {
            ThreadTime before = earlier.byId.get(id);
            ticks.merge(now.name(), now.ticks() - (before == null ? 0 : before.ticks()), Long::sum);
        });
        return ticks;
    }

    /** {@return kinds of threads, those first that have taken most, such as {@code hsu-engine 6.1, JIT 0.4}} */
    public static String describe(Map<String, Long> ticks, double ticksPerUnit) {
        List<Map.Entry<String, Long>> most = ticks.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> kind : most) {
            double value = kind.getValue() / ticksPerUnit;
            if (value >= SHOWN) {
                text.append(text.isEmpty() ? "" : ", ").append("%s %.1f".formatted(kind.getKey(), value));
            }
        }
        return text.toString();
    }
}
