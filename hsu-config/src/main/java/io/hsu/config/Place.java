package io.hsu.config;

import org.snakeyaml.engine.v2.nodes.Node;

/** A place in the file, counted from 1, and the path of what stands there. */
record Place(int line, int column, String path) {

    /** The file as a whole. */
    static final Place START = new Place(1, 1, "");

    static Place of(Node node, String path) {
        return node.getStartMark()
                .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1, path))
                .orElse(new Place(1, 1, path));
    }

    boolean isBefore(Place other) {
        return line < other.line || (line == other.line && column < other.column);
    }

    /** {@return the path of an item of a list} */
    static String item(String list, int index) {
        return list + "[" + index + "]";
    }

    /** {@return the path of a key below this one} */
    String child(String key) {
        return path.isEmpty() ? Shown.word(key) : path + "." + Shown.word(key);
    }
}
