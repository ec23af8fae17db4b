package io.hsu.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** A mapping that is read key by key. The keys asked for are the known ones; the rest is refused in the end. */
final class Block implements Keys {

    private final Value self;
    private final Map<String, Value> entries;
    private final Set<String> known = new LinkedHashSet<>();

    Block(MappingNode mapping, Value self) {
        this.self = self;
        this.entries = Value.entries(mapping, self.place(), self.source());
    }

    /** {@return the value that this block is} */
    Value self() {
        return self;
    }

    Map<String, Value> entries() {
        return entries;
    }

    /** {@return whether a key is written, with or without a value} */
    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    @Override
    public Optional<Value> value(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).filter(value -> !value.isNull());
    }

    /** Reads a value that must be there. */
    <T> Optional<T> required(String key, String hint, Function<Value, T> reader) {
        Optional<Value> value = value(key);
        if (value.isEmpty()) {
            Place place = entries.containsKey(key) ? entries.get(key).keyPlace() : self.keyPlace();
            problems()
                    .error(new Place(place.line(), place.column(), self.place().child(key)), "is missing; " + hint);
        }
        return value.flatMap(present -> present.read(reader));
    }

    Problems problems() {
        return self.source().problems();
    }

    /** Refuses what nobody has asked for: as a feature to come, as something nobody reads, or as unknown. */
    void refuseRest(Section section) {
        entries.forEach((key, value) -> {
            if (known.contains(key) || (section.extensions() && key.startsWith("x-"))) {
                return;
            }
            if (section.notYet().contains(key)) {
                problems().notSupportedYet(value.keyPlace(), "'%s'".formatted(key), "ignored");
            } else if (section.unread().contains(key)) {
                problems()
                        .warning(value.keyPlace(), "'%s' is read by no HSU process manager; remove it".formatted(key));
            } else {
                List<String> supported = known.stream()
                        .filter(name -> !section.notYet().contains(name))
                        .toList();
                String message = "unknown key '%s'; %s"
                        .formatted(Shown.word(key), DidYouMean.hint(key, supported, section.notYet()));
                problems().ignorable(value.keyPlace(), message, message + "; ignored");
            }
        });
    }
}
