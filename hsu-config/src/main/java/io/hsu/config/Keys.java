package io.hsu.config;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Values by key. A key that is asked for is a known one. */
interface Keys {

    /** {@return the value of a key; empty if the key is missing or has none} */
    Optional<Value> value(String key);

    /** {@return what a reader makes of a value; what it refuses is reported} */
    default <T> Optional<T> read(String key, Function<Value, T> reader) {
        return value(key).flatMap(value -> value.read(reader));
    }

    /** {@return what a reader makes of a value}; what the reader or the check refuses is reported at the value. */
    default <T> Optional<T> read(String key, Function<Value, T> reader, Consumer<? super T> check) {
        return read(key, value -> {
            T read = reader.apply(value);
            check.accept(read);
            return read;
        });
    }

    /** Hands a value to a setter; what the reader or the setter refuses is reported at the value. */
    default <T> void set(String key, Function<Value, T> reader, Consumer<? super T> setter) {
        read(key, reader, setter);
    }

    /**
     * Reads a block with keys of its own; keys that nobody has asked for in the end are refused.
     *
     * @return what the reader makes of it; empty if the key is missing
     */
    default <T> Optional<T> block(String key, Section section, Function<Block, T> reader) {
        return read(key, Value::block).map(block -> {
            T read = reader.apply(block);
            block.refuseRest(section);
            return read;
        });
    }

    /** Reads a block with keys of its own, for its effect. */
    default void inBlock(String key, Section section, Consumer<Block> reader) {
        block(key, section, block -> {
            reader.accept(block);
            return block;
        });
    }
}
