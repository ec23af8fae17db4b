package io.hsu;

/** Output is the same with the portable launcher. */
class PortableRealOutputTest extends RealOutputTest {

    @Override
    protected LauncherType launcher() {
        return LauncherType.PORTABLE;
    }
}
