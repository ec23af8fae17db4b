package io.hsu;

/** Processes are looked after the same way with the portable launcher. */
class PortableRealProcessTest extends RealProcessTest {

    @Override
    protected LauncherType launcher() {
        return LauncherType.PORTABLE;
    }
}
