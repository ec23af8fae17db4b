package io.hsu.config;

import io.hsu.ProcessManagerBuilder;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was said to a manager's builder, which tells nobody but the manager. */
final class BuilderView {

    private static final List<String> FIELDS = List.of(
            "processes",
            "aggregates",
            "managerId",
            "logDirectory",
            "processLogDirectory",
            "stateDirectory",
            "outputReportInterval",
            "forceShutdownTimeout",
            "launcher");

    /** {@return all that a file may say, by the names of the builder's fields} */
    static Map<String, Object> of(ProcessManagerBuilder builder) {
        Map<String, Object> view = new TreeMap<>();
        FIELDS.forEach(field -> view.put(field, get(builder, field)));
        return view;
    }

    static Object get(ProcessManagerBuilder builder, String name) {
        return field(builder, name);
    }

    /** {@return the kinds of log target that were handed in} */
    static List<?> logSinks(ProcessManagerBuilder builder) {
        return (List<?>) field(field(builder, "providers"), "logSinks");
    }

    private static Object field(Object of, String name) {
        try {
            Field field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the builder has no readable field " + name, e);
        }
    }

    private BuilderView() {}
}
