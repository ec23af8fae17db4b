package io.hsu.spi;

/** Is told by a {@link ResourceMonitor} what a pass has found of one {@link ResourceTarget}. Quick, and throws nothing. */
public interface ResourceReceiver {

    /**
     * One of its living processes, the target itself first, each once.
     *
     * @param reading what was read; the monitor may use the same object again after this call
     */
    void process(ResourceReading reading);

    /** Those were all. */
    void measured();

    /** The target's process is not there any more, or only a zombie of it is. What is left of its tree is not told. */
    void gone();

    /**
     * It is there, or may be, and could not be measured this time. What was told of it in this pass does not count.
     *
     * @param why the reason, in words
     */
    void unreadable(String why);
}
