package io.hsu.internal.log;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON (RFC 8259) and refuses everything else: what is written must be readable for everybody. */
final class StrictJson {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /** {@return maps, lists, strings, numbers, booleans and nulls} */
    static Object parse(byte[] utf8) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("no UTF-8", e);
        }
    }

    static Object parse(String text) {
        StrictJson json = new StrictJson(text);
        Object value = json.value();
        json.blanks();
        json.require(json.at == text.length(), "the end");
        return value;
    }

    private Object value() {
        blanks();
        require(at < text.length(), "a value");
        switch (text.charAt(at)) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            default:
                for (String word : List.of("true", "false", "null")) {
                    if (text.startsWith(word, at)) {
                        at += word.length();
                        return word.equals("null") ? null : Boolean.valueOf(word);
                    }
                }
                Matcher number = NUMBER.matcher(text).region(at, text.length());
                require(number.lookingAt(), "a value");
                at = number.end();
                return new BigDecimal(number.group());
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        blanks();
        while (!skip('}')) {
            require(members.isEmpty() || skip(','), "a comma");
            blanks();
            String name = string();
            blanks();
            require(skip(':'), "a colon");
            members.put(name, value());
            blanks();
        }
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        at++;
        blanks();
        while (!skip(']')) {
            require(elements.isEmpty() || skip(','), "a comma");
            elements.add(value());
            blanks();
        }
        return elements;
    }

    private String string() {
        require(skip('"'), "a string");
        StringBuilder content = new StringBuilder();
        while (!skip('"')) {
            require(at < text.length() && text.charAt(at) >= ' ', "a character");
            content.append(skip('\\') ? escape() : text.charAt(at++));
        }
        return content.toString();
    }

    private char escape() {
        require(at < text.length(), "an escape");
        char letter = text.charAt(at++);
        if (letter == 'u') {
            at += 4;
            require(at <= text.length() && text.substring(at - 4, at).matches("[0-9a-fA-F]{4}"), "four hex digits");
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        require(ESCAPES.indexOf(letter) >= 0, "an escape");
        return ESCAPED.charAt(ESCAPES.indexOf(letter));
    }

    private boolean skip(char wanted) {
        boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void require(boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("%s is missing at %d of %s".formatted(wanted, at, text));
        }
    }
}
