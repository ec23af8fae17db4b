package io.hsu.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Text to a tree of nodes, each of which knows its place. The tree is of bounded depth and size even when aliases are
 * followed, has one document with a mapping at the top, no tags, and no key twice.
 */
final class YamlTree {

    /** Four times what the deepest documented key needs. */
    static final int MAX_DEPTH = 64;

    /** What aliases may unfold to: a few lines of them stand for billions of values otherwise. */
    static final int MAX_VALUES = 1_000_000;

    private final Problems problems;
    private final LoadSettings settings = LoadSettings.builder()
            // The core schema knows the merge key '<<', which Go's files may use.
            .setSchema(new CoreSchema())
            // Both are refused below, where their place is known.
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(YamlText.MAX_BYTES)
            // What counts is what aliases unfold to, not how many there are.
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .build();
    private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();

    private YamlTree(Problems problems) {
        this.problems = problems;
    }

    static MappingNode parse(String text, Problems problems) {
        YamlTree tree = new YamlTree(problems);
        try {
            Parser events = new Replay(tree.checkedEvents(text));
            return tree.checked(
                    new Composer(tree.settings, events).getSingleNode().orElse(null));
        } catch (MarkedYamlEngineException e) {
            throw problems.fatal(
                    e.getProblemMark().map(YamlTree::place).orElse(Place.START),
                    notYaml(e.getContext(), e.getProblem()),
                    null);
        } catch (ReaderException e) {
            throw problems.fatal(
                    YamlText.end(text.substring(0, Math.min(text.length(), e.getPosition()))),
                    "is not YAML: character U+%04X is not allowed; is this a text file?".formatted(e.getCodePoint()),
                    null);
        } catch (YamlEngineException e) {
            throw problems.fatal(Place.START, notYaml(null, e.getMessage()), null);
        }
    }

    /** The library's own doorway to it, {@code api.lowlevel}, is not exported by its module. */
    private Parser parser(String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static String notYaml(String context, String problem) {
        String where = context == null || context.isEmpty() ? "" : context + ": ";
        return "is not YAML: %s%s; check the indentation, brackets and quotes here".formatted(where, problem);
    }

    /**
     * Events come one by one, so that what is too deep, or contains itself, is noticed before anything recurses into it
     * (composing would not end on a mapping that is merged into itself).
     *
     * @return all of them
     */
    private List<Event> checkedEvents(String text) {
        List<Event> all = new ArrayList<>();
        Deque<Event> open = new ArrayDeque<>();
        Map<Anchor, Event> anchors = new HashMap<>();
        int documents = 0;
        for (Parser events = parser(text); events.hasNext(); ) {
            Event event = events.next();
            all.add(event);
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw problems.fatal(
                        place(event),
                        "a second document begins here; a file holds one configuration: remove the '---', or split the file",
                        null);
            } else if (event instanceof CollectionEndEvent) {
                open.pop();
            } else if (event instanceof AliasEvent alias && open.contains(anchors.get(alias.getAlias()))) {
                throw problems.fatal(
                        place(event),
                        "'*%s' stands within what it stands for; write it out"
                                .formatted(Shown.word(alias.getAlias().getValue())),
                        null);
            } else if (event instanceof NodeEvent node) {
                node.getAnchor().ifPresent(anchor -> anchors.put(anchor, event));
                tag(node).ifPresent(tag -> refuseTag(event, tag));
                if (event instanceof CollectionStartEvent) {
                    open.push(event);
                }
            }
            if (open.size() > MAX_DEPTH) {
                throw problems.fatal(
                        place(event),
                        "is nested deeper than %d levels, the limit; nothing that can be configured is so deep: check the brackets and the indentation up to here"
                                .formatted(MAX_DEPTH),
                        null);
            }
        }
        return all;
    }

    private static Optional<String> tag(NodeEvent event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    }

    private void refuseTag(Event event, String tag) {
        problems.error(
                place(event),
                "the tag '%s' is not allowed; remove it and write the value alone".formatted(Shown.word(tag)));
    }

    private MappingNode checked(Node root) {
        if (root == null || (root instanceof ScalarNode && root.getTag().equals(Tag.NULL))) {
            throw problems.fatal(Place.START, "is empty; begin with 'process_manager:' and 'managed_processes:'", null);
        }
        if (!(root instanceof MappingNode mapping)) {
            throw problems.fatal(
                    Place.of(root, ""),
                    "must be a mapping with process_manager and managed_processes, but is %s"
                            .formatted(Value.kindOf(root)),
                    null);
        }
        measure(root, "");
        return mapping;
    }

    /** {@return how many values a node stands for with its aliases followed}; on the way, keys are checked, once each. */
    private long measure(Node node, String path) {
        Long known = sizes.get(node);
        if (known != null) {
            return known;
        }
        long size = 1;
        if (node instanceof MappingNode mapping) {
            Map<String, Place> seen = new HashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String child = checkKey(tuple.getKeyNode(), path, seen);
                size += measure(tuple.getValueNode(), child);
            }
        } else if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Iterator<Node> items = sequence.getValue().iterator(); items.hasNext(); index++) {
                size += measure(items.next(), Place.item(path, index));
            }
        }
        if (size > MAX_VALUES) {
            throw problems.fatal(
                    Place.of(node, path),
                    "stands for more than %,d values once its aliases are followed, the limit; take out aliases of what holds aliases itself, or spread the processes over several files"
                            .formatted(MAX_VALUES),
                    null);
        }
        sizes.put(node, size);
        return size;
    }

    private String checkKey(Node key, String parent, Map<String, Place> seen) {
        if (!(key instanceof ScalarNode scalar)) {
            problems.error(Place.of(key, parent), "a key must be a word, but is %s".formatted(Value.kindOf(key)));
            return parent;
        }
        Place place = Place.of(key, new Place(0, 0, parent).child(scalar.getValue()));
        Place first = seen.putIfAbsent(scalar.getValue(), place);
        if (first != null) {
            problems.error(
                    place,
                    "'%s' is there twice, first in line %d; keep one of them"
                            .formatted(Shown.word(scalar.getValue()), first.line()));
        }
        return place.path();
    }

    private static Place place(Event event) {
        return event.getStartMark().map(YamlTree::place).orElse(Place.START);
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1, "");
    }

    /** Events that are there already: to scan the text once more would take a third of the whole load. */
    private static final class Replay implements Parser {
        private final Iterator<Event> rest;
        private Event next;

        Replay(List<Event> events) {
            this.rest = events.iterator();
            this.next = rest.next();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return hasNext() && next.getEventId() == choice;
        }

        @Override
        public Event peekEvent() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        @Override
        public Event next() {
            Event event = peekEvent();
            next = rest.hasNext() ? rest.next() : null;
            return event;
        }
    }
}
