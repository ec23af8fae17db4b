package io.hsu.config;

import java.util.Optional;

/** Keys that may stand in one of two blocks; one that stands in both is refused. */
record Either(Block outer, Block inner) implements Keys {

    @Override
    public Optional<Value> value(String key) {
        Optional<Value> first = outer.value(key);
        Optional<Value> second = inner.value(key);
        if (first.isPresent() && second.isPresent()) {
            inner.problems()
                    .error(
                            second.get().keyPlace(),
                            "is given twice, here and at %s; keep one of them"
                                    .formatted(first.get().place().path()));
        }
        return first.or(() -> second);
    }
}
