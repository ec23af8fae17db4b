package io.hsu.internal.linux;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * This process's environment, byte for byte: what a child inherits is not to go through the JVM's character set. Copied once,
 * for all children, because native code of the host may change the original.
 */
public final class InheritedEnvironment {

    /** One variable. */
    public record Variable(String name, String value, long address) {}

    private final List<NativeMemory> texts = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();

    public InheritedEnvironment() {
        Pointer environ = NativeLibrary.getInstance("c")
                .getGlobalVariableAddress("environ")
                .getPointer(0);
        for (long at = 0; environ != null && environ.getPointer(at) != null; at += Long.BYTES) {
            Pointer variable = environ.getPointer(at);
            byte[] text = variable.getByteArray(0, (int) variable.indexOf(0, (byte) 0));
            NativeMemory copy = NativeMemory.string(text);
            texts.add(copy);
            String decoded = new String(text, StandardCharsets.UTF_8);
            int equals = Math.max(0, decoded.indexOf('='));
            variables.add(new Variable(decoded.substring(0, equals), decoded.substring(equals + 1), copy.address()));
        }
    }

    /** {@return the variables; their addresses are good as long as this object is reachable} */
    public List<Variable> variables() {
        return variables;
    }
}
