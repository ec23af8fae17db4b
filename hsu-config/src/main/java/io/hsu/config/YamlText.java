package io.hsu.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a configuration file, of bounded size and in UTF-8. */
final class YamlText {

    /** Room for some ten thousand processes; a file beyond it was not meant. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    static String read(Path file, Problems problems) {
        return decode(bytes(file, problems), problems);
    }

    private static byte[] bytes(Path file, Problems problems) {
        if (Files.isDirectory(file)) {
            throw problems.fatal(Place.START, "is a directory; name the YAML file itself", null);
        }
        byte[] bytes;
        // What the file system says about a size need not be so (a pipe, /proc): what counts is what comes.
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw problems.fatal(
                    Place.START, "does not exist (looked for %s); check the path".formatted(file.toAbsolutePath()), e);
        } catch (AccessDeniedException e) {
            throw problems.fatal(
                    Place.START, "cannot be read: permission denied; grant this user the right to read it", e);
        } catch (IOException e) {
            throw problems.fatal(Place.START, "cannot be read: %s; check the path".formatted(e.getMessage()), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw problems.fatal(
                    Place.START,
                    "is larger than %d MiB, the limit; check that it is the right file, and share what repeats with anchors and aliases, or spread the processes over several files"
                            .formatted(MAX_BYTES / (1024 * 1024)),
                    null);
        }
        return bytes;
    }

    private static String decode(byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw problems.fatal(
                    end(text),
                    "is not UTF-8: byte 0x%02X is out of place; save the file as UTF-8 text"
                            .formatted(bytes[in.position()] & 0xff),
                    null);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** {@return the place right after a text} */
    static Place end(String text) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        return new Place(line, last.codePointCount(0, last.length()) + 1, "");
    }

    private YamlText() {}
}
