package io.hsu.spi;

import io.hsu.ExitStatus;
import java.util.List;

/**
 * How a command ended that a health check has run.
 *
 * @param status its exit
 * @param output the last lines it wrote, both streams, at most 20
 */
public record CommandResult(ExitStatus status, List<String> output) {

    public CommandResult {
        output = List.copyOf(output);
    }
}
