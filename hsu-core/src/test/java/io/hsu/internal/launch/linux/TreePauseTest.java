package io.hsu.internal.launch.linux;

import static io.hsu.testkit.Soon.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hsu.internal.launch.LaunchedProcess.TreeMember;
import io.hsu.internal.linux.LibC;
import io.hsu.internal.linux.LinuxSupport;
import io.hsu.internal.linux.ProcStat;
import io.hsu.testkit.NativeChild;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A tree that is stopped for two reasons goes on when both have passed. */
@EnabledOnOs(OS.LINUX)
class TreePauseTest {

    private NativeChild child;
    private TreePause one;
    private TreePause other;
    private final List<Boolean> notes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void launch() {
        assumeTrue(
                LinuxSupport.missing().isEmpty(), () -> LinuxSupport.missing().orElseThrow());
        child = NativeChild.sh("while :; do :; done");
        TreeStops stops = new TreeStops();
        one = new TreePause(this::members, stops);
        other = new TreePause(this::members, stops);
        one.note(notes::add);
    }

    private List<TreeMember> members() {
        return List.of(new LinuxTree.Member(ProcStat.of(child.pid())));
    }

    @AfterEach
    void kill() {
        if (child != null) {
            LibC.kill(child.pid(), 9);
            child.await();
        }
    }

    private char state() {
        return ProcStat.of(child.pid()).state();
    }

    @Test
    void twoReasons() {
        assertTrue(one.stop());
        assertTrue(other.stop());
        assertEquals('T', state());
        one.goOn();
        assertEquals('T', state());
        other.goOn();
        soon("it goes on").until(() -> state() == 'R');
        assertEquals(List.of(true, false), notes);
    }

    @Test
    void oneReasonTwice_isOne() {
        assertTrue(one.stop());
        assertTrue(one.stop());
        one.goOn();
        soon("it goes on").until(() -> state() == 'R');
    }

    @Test
    void reasonThatIsDropped_keepsNobodyStopped() {
        assertTrue(one.stop());
        assertTrue(other.stop());
        one.drop();
        other.goOn();
        soon("it goes on").until(() -> state() == 'R');
    }

    private static long lifelines() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("kill -CONT"))
                .count();
    }

    @Test
    void whatIsStoppedForAMoment_hasALifeline_untilItGoesOnForGood() {
        assertTrue(one.stopForNow(Duration.ZERO));
        assertEquals(1, lifelines());
        one.goOnForNow();
        soon("it goes on").until(() -> state() == 'R');
        assertFalse(one.stopForNow(Duration.ofHours(1)), "nobody has looked again");
        soon("it is stopped").until(() -> state() == 'T');
        assertEquals(1, lifelines());
        one.goOn();
        soon("it goes on").until(() -> state() == 'R');
        soon("no shell is left").until(() -> lifelines() == 0);
    }

    /** As after a host that has died with the tree stopped. */
    @Test
    void goOnWithoutAReason_letsItGoOn() {
        LibC.kill(child.pid(), 19);
        soon("it is stopped").until(() -> state() == 'T');
        one.goOn();
        soon("it goes on").until(() -> state() == 'R');
    }
}
