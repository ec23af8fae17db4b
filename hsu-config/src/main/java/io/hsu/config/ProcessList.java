package io.hsu.config;

import io.hsu.ProcessProfile;
import io.hsu.ProcessSpec;
import io.hsu.ProcessSpecBuilder;
import io.hsu.spi.Providers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code managed_processes}. */
final class ProcessList {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Providers providers;
    private final Shape shape;
    private final Map<String, Value> ids = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();

    private ProcessList(Providers providers, Shape shape) {
        this.providers = providers;
        this.shape = shape;
    }

    static List<ProcessDraft> read(Block file, Providers providers, Shape shape) {
        ProcessList list = new ProcessList(providers, shape);
        if (file.value("managed_processes").isEmpty()) {
            file.problems()
                    .warning(
                            Place.START,
                            "names no processes, so nothing will be started; write 'managed_processes: []' if that is meant");
        }
        List<ProcessDraft> drafts = new ArrayList<>();
        for (Value entry : file.read("managed_processes", Value::list).orElse(List.of())) {
            entry.read(Value::block).flatMap(list::readProcess).ifPresent(drafts::add);
        }
        Dependencies.apply(drafts, list.leftOut);
        return drafts;
    }

    private Optional<ProcessDraft> readProcess(Block process) {
        Optional<ProcessSpecBuilder> spec = process.required(
                "id", "write 1 to 64 of letters, digits, '-' and '_'", value -> ProcessSpec.builder(id(value)));
        Optional<String> id = spec.flatMap(known -> process.value("id")).map(Value::text);
        id.ifPresent(known -> refuseTwice(known, process.value("id").orElseThrow()));
        Optional<ProcessType> type = process.required(
                "type",
                "write 'standard_managed' or 'integrated_managed'",
                value -> value.word(ProcessType.class, ProcessType.SUPPORTED));
        if (type.isPresent() && !ProcessType.SUPPORTED.contains(type.get())) {
            process.problems()
                    .notSupportedYet(
                            process.value("type").orElseThrow().place(),
                            "type '%s'"
                                    .formatted(
                                            process.value("type").orElseThrow().shown()),
                            "the process is left out");
            id.ifPresent(leftOut::add);
            return Optional.empty();
        }
        // A process without a good id or type is read all the same, for what else is wrong with it.
        ProcessDraft draft = new ProcessDraft(
                process.self(),
                id.orElse(process.self().place().path()),
                process.value("id").map(Value::shown).orElse(""),
                type.orElseGet(() -> typeOfManagement(process)),
                spec.orElseGet(() -> ProcessSpec.builder("nameless")));
        if (draft.isIntegrated()) {
            draft.spec.integrated();
        }
        process.set("enabled", Value::bool, draft.spec::enabled);
        process.value("profile_type").ifPresent(profile -> readProfile(profile, draft));
        Optional<Block> management =
                process.required("management", "write 'management:' with a control below it", Value::block);
        if (management.isPresent()) {
            shape.read(process, management.get(), draft);
            management.get().refuseRest(Section.MANAGEMENT);
        } else {
            draft.checked(ProcessDraft.Checked.UNREADABLE);
            OwnKeys.read(process, Optional.empty(), providers, draft);
        }
        process.refuseRest(Section.PROCESS);
        return Optional.of(draft);
    }

    /** What the nested shape shows of a type that is missing or misspelled. */
    private static ProcessType typeOfManagement(Block process) {
        ProcessType integrated = ProcessType.INTEGRATED_MANAGED;
        return process.value("management")
                .filter(Value::isBlock)
                .filter(management -> management.block().has(integrated.key()))
                .map(management -> integrated)
                .orElse(ProcessType.STANDARD_MANAGED);
    }

    /** Checked here as well, so that a long one is not shown as a whole. */
    private static String id(Value value) {
        String id = value.text();
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "process id '%s' is not allowed: 1 to 64 of letters, digits, '-' and '_' (it becomes a file name)"
                            .formatted(value.shown()));
        }
        return id;
    }

    private void refuseTwice(String id, Value at) {
        Value first = ids.putIfAbsent(id, at);
        if (first != null) {
            at.error("'%s' is the id of the process in line %d, too; ids must differ"
                    .formatted(at.shown(), first.place().line()));
        }
    }

    /** Any word is allowed: Go's files carry profiles of their own. But it may be a slip. */
    private static void readProfile(Value value, ProcessDraft draft) {
        value.read(Value::text).ifPresent(text -> {
            List<String> known = Value.words(ProcessProfile.class);
            String profile = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
            if (known.contains(profile)) {
                draft.spec.profile(ProcessProfile.valueOf(profile.toUpperCase(Locale.ROOT)));
            } else {
                value.source()
                        .problems()
                        .warning(
                                value.place(),
                                "profile '%s' counts as default; known are %s"
                                        .formatted(value.shown(), String.join(", ", known)));
            }
        });
    }
}
