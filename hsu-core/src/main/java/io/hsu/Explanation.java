package io.hsu;

import java.util.List;

/**
 * Why a process is in its state, in words, and what happens next. {@link #toString()} is the whole answer.
 *
 * @param id the process
 * @param state its state when asked
 * @param because what led to it
 * @param next what happens next and when, or what to do
 * @param lastOutput the last lines it wrote
 */
public record Explanation(String id, ProcessState state, String because, String next, List<String> lastOutput) {

    public Explanation {
        lastOutput = List.copyOf(lastOutput);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(id)
                .append(" is ")
                .append(state)
                .append(": ")
                .append(because)
                .append("\n  next: ")
                .append(next);
        if (!lastOutput.isEmpty()) {
            text.append("\n  last output:");
            lastOutput.forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }
}
