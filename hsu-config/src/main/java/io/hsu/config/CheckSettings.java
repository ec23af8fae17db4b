package io.hsu.config;

import io.hsu.spi.Providers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check's provider is given: the block named like the type, and what short forms add to it.
 *
 * @param written the values by their settings, in the order of the file
 * @param place what is wrong with none of them in particular is wrong here
 */
record CheckSettings(Map<String, Value> written, Place place) {

    /**
     * Reads the block named like the type, and refuses those named like other types.
     *
     * @return the settings; empty if what is wrong with them has been reported
     */
    static Optional<CheckSettings> read(Block check, CheckKind kind, Providers providers) {
        Set<String> types = new TreeSet<>(providers.healthCheckTypes());
        // Documented, so that their blocks are no unknown keys, even where the module that provides them is missing.
        types.add(CheckKind.HTTP);
        types.add(CheckKind.GRPC);
        Optional<Value> own = Optional.empty();
        for (Map.Entry<String, Value> entry : check.entries().entrySet()) {
            String key = entry.getKey();
            if (kind.is(key) && own.isPresent()) {
                check.has(key);
                check.problems()
                        .error(
                                entry.getValue().keyPlace(),
                                "is the same as the key in line %d; keep one of them"
                                        .formatted(own.get().keyPlace().line()));
            } else if (kind.is(key)) {
                own = check.value(key);
            } else if (types.contains(CheckKind.normal(key))) {
                check.has(key);
                refuseOther(entry.getValue(), key, check, kind);
            }
        }
        providers.healthCheckTypes().forEach(check::has);
        Optional<Map<String, Value>> written = own.isEmpty()
                ? Optional.of(new LinkedHashMap<>())
                : own.get().read(Value::block).map(CheckSettings::entries);
        Place place = own.map(Value::keyPlace).orElse(kind.at().place());
        written.ifPresent(
                settings -> kind.shortForms().forEach((setting, value) -> add(setting, value, settings, kind)));
        return written.map(settings -> new CheckSettings(settings, place));
    }

    /** What could not be read has been refused; that its settings are those of another type is not known. */
    private static void refuseOther(Value settings, String key, Block check, CheckKind kind) {
        if (kind.isReadable()) {
            check.problems()
                    .error(
                            settings.keyPlace(),
                            "is for checks of type %s, but this one is of type %s; remove it, or change the type"
                                    .formatted(
                                            Shown.word(key),
                                            check.value("type")
                                                    .map(Value::shown)
                                                    .orElse(kind.type())));
        }
    }

    private static Map<String, Value> entries(Block block) {
        Map<String, Value> entries = new LinkedHashMap<>(block.entries());
        entries.values().removeIf(Value::isNull);
        return entries;
    }

    private static void add(String setting, Value value, Map<String, Value> settings, CheckKind kind) {
        if (settings.putIfAbsent(setting, value) != null) {
            value.error("is short for %s.%s, which is given too; keep one of them"
                    .formatted(CheckKind.normal(kind.type()), setting));
        }
    }

    /** {@return what a plug-in is given; empty if what is wrong with it has been reported} */
    Optional<Map<String, Object>> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        boolean readable = true;
        for (Map.Entry<String, Value> entry : written.entrySet()) {
            Optional<Object> setting = entry.getValue().read(Value::plain);
            setting.ifPresent(value -> plain.put(entry.getKey(), value));
            readable &= setting.isPresent();
        }
        return readable ? Optional.of(plain) : Optional.empty();
    }
}
