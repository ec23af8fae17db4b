package io.hsu.spi;

import static io.hsu.testkit.Refusals.refusesArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private final Settings settings = new Settings(Map.of(
            "text",
            "abc",
            "number",
            7,
            "long",
            8L,
            "large",
            5_000_000_000L,
            "yes",
            true,
            "ratio",
            1.5,
            "list",
            List.of("a", 1, true),
            "map",
            Map.of("k", 2)));

    @Test
    void string_takesWhatLooksLikeText() {
        assertEquals("abc", settings.requiredString("text"));
        assertEquals(Optional.of("7"), settings.string("number"));
        assertEquals(Optional.of("true"), settings.string("yes"));
        assertEquals(Optional.empty(), settings.string("absent"));
    }

    @Test
    void string_wrong() {
        refusesArgument("absent is missing", () -> settings.requiredString("absent"));
        refusesArgument("list must be a text, but is a list", () -> settings.string("list"));
    }

    @Test
    void integer_withinBounds() {
        assertEquals(7, settings.requiredInt("number", 7, 7));
        assertEquals(Optional.of(8), settings.integer("long", 0, 10));
        assertEquals(Optional.empty(), settings.integer("absent", 0, 1));
    }

    @Test
    void integer_wrong() {
        refusesArgument("absent is missing", () -> settings.requiredInt("absent", 0, 1));
        refusesArgument("number must be from 8 to 9, but is 7", () -> settings.integer("number", 8, 9));
        refusesArgument("large must be from 0 to 9, but is 5000000000", () -> settings.integer("large", 0, 9));
        refusesArgument("text must be a whole number from 0 to 9, but is abc", () -> settings.integer("text", 0, 9));
        refusesArgument("ratio must be a whole number from 0 to 9, but is 1.5", () -> settings.integer("ratio", 0, 9));
    }

    @Test
    void bool_wrong() {
        assertEquals(Optional.of(true), settings.bool("yes"));
        refusesArgument("text must be true or false, but is abc", () -> settings.bool("text"));
    }

    @Test
    void collections_areOfTexts() {
        assertEquals(List.of("a", "1", "true"), settings.strings("list"));
        assertEquals(List.of(), settings.strings("absent"));
        assertEquals(Map.of("k", "2"), settings.stringMap("map"));
        assertEquals(Map.of(), settings.stringMap("absent"));
    }

    @Test
    void collections_wrong() {
        refusesArgument("text must be a list of texts, but is a single value", () -> settings.strings("text"));
        refusesArgument("text must be a map of texts, but is a single value", () -> settings.stringMap("text"));
        refusesArgument("list must be a map of texts, but is a list", () -> settings.stringMap("list"));
    }

    @Test
    void unread_areNamedWithTheKnownOnes() {
        Settings few = new Settings(Map.of("port", 1, "prot", 2, "hots", 3));
        few.requiredInt("port", 0, 9);
        few.string("host");
        assertEquals(Set.of("prot", "hots"), few.unread());
        refusesArgument("unknown setting hots, prot; known are host, port", few::refuseUnread);
    }

    @Test
    void unread_noneIsFine() {
        Settings one = new Settings(Map.of("port", 1));
        assertTrue(one.has("port"));
        assertFalse(one.has("host"));
        one.refuseUnread();
    }

    @Test
    void keyWithoutValue_countsAsAbsentButIsKnown() {
        Map<String, Object> values = new HashMap<>();
        values.put("port", null);
        Settings empty = new Settings(values);
        refusesArgument("port is missing", () -> empty.requiredInt("port", 0, 9));
        empty.refuseUnread();
    }
}
