package io.hsu.internal.launch.linux;

import io.hsu.ProcessSpec;
import io.hsu.internal.launch.Environments;
import io.hsu.internal.launch.LaunchMark;
import io.hsu.internal.launch.LaunchRequest;
import io.hsu.internal.linux.InheritedEnvironment;
import io.hsu.internal.linux.NativeMemory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything of a specification that the kernel reads at a launch, marshalled once: path, working directory, arguments and
 * environment. Only the mark changes from launch to launch, and is written in its place. What is inherited is not copied.
 */
final class SpawnBlock {

    /** What names are written in on the command line: the JVM's own choice, unless that knows ASCII only. */
    private static final Charset CHARSET = charset();

    private final Path executable;
    private final InheritedEnvironment inherited;
    private final NativeMemory memory;
    private final long path;
    private final long directory;
    private final long arguments;
    private final long environment;
    private final int markAt;
    /** The same where there is no socket to notify by. */
    private final int notifyMarkAt;

    /**
     * @param executable the file to run
     * @throws io.hsu.ProcessStartException if the environment file cannot be read
     */
    SpawnBlock(LaunchRequest request, Path executable, InheritedEnvironment inherited) {
        ProcessSpec spec = request.spec();
        this.executable = executable;
        this.inherited = inherited;
        Texts texts = new Texts();
        texts.add(executable.toString());
        String where = spec.workingDirectory()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .orElse(null);
        if (where != null) {
            texts.add(where);
        }
        int firstArgument = texts.count();
        // The whole path, as with the portable launcher: a relative one would lead nowhere from another directory.
        texts.add(executable.toString());
        request.command().stream().skip(1).forEach(texts::add);
        int firstVariable = texts.count();
        Map<String, String> own = Environments.own(request);
        String ownMark = own.remove(LaunchMark.VARIABLE);
        String outer = ownMark == null ? inheritedMark(spec) : ownMark;
        if (request.notifies()) {
            own.remove("NOTIFY_SOCKET");
        }
        own.forEach((name, value) -> texts.add(name + "=" + value));
        String mark = LaunchMark.VARIABLE + "=" + (outer == null ? "" : outer + LaunchMark.SEPARATOR);
        if (request.notifies()) {
            texts.add(NotifyWatch.variable() + "0".repeat(LaunchMark.LENGTH));
        }
        int notifyEnd = texts.size();
        texts.add(mark + "0".repeat(LaunchMark.LENGTH));
        List<Long> kept = keptVariables(spec, own);

        int variables = texts.count() - firstVariable + kept.size();
        int argumentsAt = 0;
        int environmentAt = (request.command().size() + 1) * Long.BYTES;
        int textsAt = environmentAt + (variables + 1) * Long.BYTES;
        this.memory = new NativeMemory(textsAt + texts.size());
        List<Long> addresses = texts.write(memory, textsAt);
        write(argumentsAt, addresses.subList(firstArgument, firstVariable));
        List<Long> all = new ArrayList<>(addresses.subList(firstVariable, addresses.size()));
        all.addAll(kept);
        write(environmentAt, all);

        this.path = addresses.get(0);
        this.directory = where == null ? 0 : addresses.get(1);
        this.arguments = memory.address() + argumentsAt;
        this.environment = memory.address() + environmentAt;
        this.markAt = textsAt + texts.size() - LaunchMark.LENGTH - 1;
        this.notifyMarkAt = request.notifies() ? textsAt + notifyEnd - LaunchMark.LENGTH - 1 : markAt;
    }

    private static Charset charset() {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    private String inheritedMark(ProcessSpec spec) {
        if (!spec.inheritsEnvironment() || spec.removedEnvironment().contains(LaunchMark.VARIABLE)) {
            return null;
        }
        return inherited.variables().stream()
                .filter(variable -> variable.name().equals(LaunchMark.VARIABLE))
                .map(InheritedEnvironment.Variable::value)
                .findFirst()
                .orElse(null);
    }

    private List<Long> keptVariables(ProcessSpec spec, Map<String, String> own) {
        List<Long> kept = new ArrayList<>();
        if (spec.inheritsEnvironment()) {
            for (InheritedEnvironment.Variable variable : inherited.variables()) {
                String name = variable.name();
                boolean replaced = own.containsKey(name) || name.equals(LaunchMark.VARIABLE);
                if (!replaced && Environments.isInherited(spec, name)) {
                    kept.add(variable.address());
                }
            }
        }
        return kept;
    }

    private void write(int at, List<Long> addresses) {
        for (int index = 0; index < addresses.size(); index++) {
            memory.putLong(at + index * Long.BYTES, addresses.get(index));
        }
        memory.putLong(at + addresses.size() * Long.BYTES, 0);
    }

    /** {@return whether it is for this file} A name may be found elsewhere in the search path the next time. */
    boolean isFor(Path file) {
        return executable.equals(file);
    }

    Path executable() {
        return executable;
    }

    long path() {
        return path;
    }

    /** {@return where it runs; 0 for the manager's own directory} */
    long directory() {
        return directory;
    }

    long arguments() {
        return arguments;
    }

    /** {@return the environment, with this mark} Good until the next call; one launch at a time. */
    long environment(String mark) {
        byte[] text = mark.getBytes(StandardCharsets.US_ASCII);
        memory.put(markAt, text);
        memory.put(notifyMarkAt, text);
        return environment;
    }

    /** Strings that lie behind one another, each with its NUL. */
    private static final class Texts {
        private final List<byte[]> texts = new ArrayList<>();
        private int size;

        void add(String text) {
            byte[] bytes = text.getBytes(CHARSET);
            texts.add(bytes);
            size += bytes.length + 1;
        }

        int count() {
            return texts.size();
        }

        int size() {
            return size;
        }

        /** {@return where each of them lies} */
        List<Long> write(NativeMemory memory, int from) {
            List<Long> addresses = new ArrayList<>();
            int at = from;
            for (byte[] text : texts) {
                memory.put(at, text);
                addresses.add(memory.address() + at);
                at += text.length + 1;
            }
            return addresses;
        }
    }
}
