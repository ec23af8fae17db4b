package io.hsu.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that native functions can read and write. It is freed when it is unreachable. */
public final class NativeMemory {

    private final ByteBuffer buffer;
    private final long address;

    public NativeMemory(int size) {
        buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    /** {@return a C string} */
    public static NativeMemory string(byte[] text) {
        NativeMemory memory = new NativeMemory(text.length + 1);
        memory.buffer.put(0, text);
        return memory;
    }

    /** {@return where it lies} Keep this object reachable for as long as the address is used. */
    public long address() {
        return address;
    }

    /** {@return the memory itself} */
    ByteBuffer buffer() {
        return buffer;
    }

    public int size() {
        return buffer.capacity();
    }

    public int getInt(int offset) {
        return buffer.getInt(offset);
    }

    public void putInt(int offset, int value) {
        buffer.putInt(offset, value);
    }

    public long getLong(int offset) {
        return buffer.getLong(offset);
    }

    public void putLong(int offset, long value) {
        buffer.putLong(offset, value);
    }

    public void get(int offset, byte[] to, int start, int length) {
        buffer.get(offset, to, start, length);
    }

    public void put(int offset, byte[] from) {
        buffer.put(offset, from);
    }
}
