package io.hsu;

import java.util.List;

/**
 * What a process is called among people; the manager only hands it on.
 *
 * @param name a display name, or empty
 * @param description a sentence about it, or empty
 * @param version its version, or empty
 * @param tags words to group it by
 */
public record Metadata(String name, String description, String version, List<String> tags) {

    /** Nothing said. */
    public static final Metadata NONE = new Metadata("", "", "", List.of());

    public Metadata {
        tags = List.copyOf(tags);
    }
}
