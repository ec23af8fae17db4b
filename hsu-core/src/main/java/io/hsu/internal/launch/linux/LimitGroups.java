package io.hsu.internal.launch.linux;

import io.hsu.internal.linux.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control groups that hold limits. Each controller is in one version's hierarchy, and both may be there at once. Nothing is
 * touched before somebody has a limit for it: then the controller's hierarchy is looked for and made ready, once.
 */
final class LimitGroups implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LimitGroups.class);

    /**
     * Where the groups with a controller are made.
     *
     * @param directory below which each launch gets one; null if there is none
     * @param whyNot the reason for that; null if there is one
     */
    record Home(int version, Path directory, String whyNot) {
        boolean isThere() {
            return directory != null;
        }

        /** {@return whether groups have a file there} The directory is a group of the same kind. */
        boolean has(String file) {
            return Files.exists(directory.resolve(file));
        }
    }

    private final boolean enabled;
    private final AtomicInteger numbers = new AtomicInteger();

    // Under this object's lock.
    private final Map<Controller, Home> homes = new EnumMap<>(Controller.class);
    /** Of version 1, where several controllers may share a hierarchy: by the manager's own group there. */
    private final Map<Path, Path> directories = new HashMap<>();
    /** Of version 2, where all controllers share one; null until needed. */
    private Cgroups unified;

    private Path unifiedParent;
    private boolean closed;

    /** @param enabled whether any control group may be made */
    LimitGroups(boolean enabled) {
        this.enabled = enabled;
    }

    /** {@return where the groups with a controller are made} */
    synchronized Home home(Controller controller) {
        return homes.computeIfAbsent(controller, this::find);
    }

    private Home find(Controller controller) {
        if (!enabled) {
            return new Home(0, null, "control groups are switched off");
        }
        Path own2 = CgroupMount.own().orElse(null);
        boolean isIn2 = own2 != null && DelegatedGroup.has(DelegatedGroup.arranged(own2), controller.nameIn(2));
        Path own1 = isIn2 ? null : CgroupMount.own(controller.nameIn(1)).orElse(null);
        try {
            if (isIn2) {
                return new Home(2, openUnified(own2, controller.nameIn(2)), null);
            }
            if (own1 != null) {
                return new Home(1, openVersion1(own1), null);
            }
            return new Home(
                    0,
                    null,
                    "the manager has no control group with the controller '%s'".formatted(controller.nameIn(2)));
        } catch (IOException e) {
            log.info("control groups hold no limits of {}: {}", controller.nameIn(2), e.getMessage());
            return new Home(0, null, e.getMessage());
        }
    }

    private Path openUnified(Path own, String controller) throws IOException {
        if (unified == null) {
            unifiedParent = DelegatedGroup.find(own);
            DelegatedGroup.passOn(unifiedParent, controller);
            unified = Cgroups.open(unifiedParent, false);
        }
        DelegatedGroup.passOn(unifiedParent, controller);
        DelegatedGroup.passOn(unified.directory(), controller);
        return unified.directory();
    }

    private Path openVersion1(Path own) throws IOException {
        Path known = directories.get(own);
        if (known != null) {
            return known;
        }
        Path made = ManagerDirectory.make(own);
        // Kernels before 5.11 can keep memory of groups apart from that of the groups below them.
        SmallFile.write(made + "/memory.use_hierarchy", "1");
        directories.put(own, made);
        return made;
    }

    /**
     * {@return a group for one launch, which is in one group of each hierarchy that it takes}
     *
     * @throws IOException if one of them cannot be made
     */
    LimitGroup create(Set<Controller> controllers) throws IOException {
        LimitGroup group = new LimitGroup(this::removed);
        String name = Integer.toString(numbers.incrementAndGet());
        try {
            for (Controller controller : controllers) {
                Home home = home(controller);
                if (!home.isThere()) {
                    throw new IOException(home.whyNot());
                }
                if (home.version() == 2) {
                    group.addUnified(controller, unified());
                } else {
                    group.addVersion1(controller, home.directory().resolve(name));
                }
            }
            return group;
        } catch (IOException e) {
            group.discard();
            throw e;
        }
    }

    private synchronized Cgroups unified() {
        return unified;
    }

    /** A group of version 1 was: the last one takes the manager's with it. */
    private synchronized void removed() {
        if (closed) {
            directories.values().forEach(ManagerDirectory::remove);
        }
    }

    /** Removes what is empty. */
    @Override
    public synchronized void close() {
        closed = true;
        directories.values().forEach(ManagerDirectory::remove);
        if (unified != null) {
            unified.close();
        }
    }
}
