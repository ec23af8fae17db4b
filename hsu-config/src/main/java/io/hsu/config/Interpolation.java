package io.hsu.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts what {@code ${env:NAME}}, {@code ${env:NAME:-default}} and {@code ${file:PATH}} stand for in their place. */
final class Interpolation {

    private static final int MAX_FILE_BYTES = 1024 * 1024;
    private static final String FORMS =
            "write ${env:NAME}, ${env:NAME:-default} or ${file:PATH}, or $${ for a literal ${";

    private final Map<String, String> environment;
    private final Path directory;

    /**
     * @param environment the variables
     * @param directory what a relative path of a file is relative to
     */
    Interpolation(Map<String, String> environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    /** A text with what its references stand for in their place. */
    record Resolved(String text, List<Reference> references) {}

    /** A reference as it is written, and the value that must not be shown; neither is its default, which may be a secret, too. */
    record Reference(String written, String value) {
        @Override
        public String toString() {
            int dash = written.indexOf(":-");
            return Shown.word(dash < 0 ? written : written.substring(0, dash) + ":-...}");
        }
    }

    /**
     * {@return the text with its references resolved}
     *
     * @throws IllegalArgumentException if one of them stands for nothing
     */
    Resolved resolve(String raw) {
        StringBuilder text = new StringBuilder();
        List<Reference> references = new ArrayList<>();
        int at = 0;
        while (at < raw.length()) {
            if (raw.startsWith("$${", at)) {
                text.append("${");
                at += 3;
            } else if (raw.startsWith("${", at)) {
                int end = raw.indexOf('}', at);
                require(end >= 0, "a '${' is not closed by '}'; " + FORMS);
                String written = raw.substring(at, end + 1);
                Reference reference = new Reference(written, value(written, raw.substring(at + 2, end)));
                references.add(reference);
                text.append(reference.value());
                at = end + 1;
            } else {
                text.append(raw.charAt(at));
                at++;
            }
        }
        return new Resolved(text.toString(), references);
    }

    private String value(String written, String body) {
        if (body.startsWith("env:")) {
            return variable(written, body.substring("env:".length()));
        }
        require(body.startsWith("file:"), "'%s' means nothing; %s".formatted(Shown.word(written), FORMS));
        return file(written, body.substring("file:".length()));
    }

    private String variable(String written, String body) {
        int dash = body.indexOf(":-");
        String name = dash < 0 ? body : body.substring(0, dash);
        require(!name.isBlank(), "'%s' names no variable; %s".formatted(Shown.word(written), FORMS));
        String value = environment.get(name);
        if (dash >= 0) {
            // As in the shell: the default is for a variable that is empty, too.
            return value == null || value.isEmpty() ? body.substring(dash + 2) : value;
        }
        require(
                value != null,
                "environment variable %s is not set; set it, or give a default: ${env:%s:-...}"
                        .formatted(Shown.word(name), Shown.word(name)));
        return value;
    }

    private String file(String written, String name) {
        require(!name.isBlank(), "'%s' names no file; %s".formatted(Shown.word(written), FORMS));
        try {
            Path path = directory.resolve(name);
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
                require(
                        bytes.length <= MAX_FILE_BYTES,
                        "file %s is larger than %d MiB, the limit; a reference is for a short value: name the file that holds only it"
                                .formatted(path, MAX_FILE_BYTES / (1024 * 1024)));
                // Not new String: a byte that is no UTF-8 would silently become something else.
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return text.replaceFirst("\\r?\\n\\z", "");
            } catch (NoSuchFileException e) {
                throw new IllegalArgumentException(
                        "file %s does not exist; create it, or correct its path (a relative one begins at the configuration's directory)"
                                .formatted(path),
                        e);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("file %s is not UTF-8 text; save it as such".formatted(path), e);
            } catch (AccessDeniedException e) {
                throw new IllegalArgumentException(
                        "file %s cannot be read: permission denied; grant this user the right to read it"
                                .formatted(path),
                        e);
            }
        } catch (InvalidPathException | IOException e) {
            throw new IllegalArgumentException(
                    "file %s cannot be read: %s; name a file with the value".formatted(name, e.getMessage()), e);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
