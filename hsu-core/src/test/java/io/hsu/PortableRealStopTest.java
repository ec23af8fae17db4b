package io.hsu;

/** Processes are stopped the same way with the portable launcher. */
class PortableRealStopTest extends RealStopTest {

    @Override
    protected LauncherType launcher() {
        return LauncherType.PORTABLE;
    }
}
