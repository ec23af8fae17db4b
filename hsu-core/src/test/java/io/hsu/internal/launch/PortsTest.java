package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports of this system. */
class PortsTest {

    @Test
    void port_isFree_andKeptUntilSomebodyListensThere() throws IOException {
        Ports ports = Ports.ofSystem();
        int port = ports.take(0);
        assertEquals(port, ports.take(port));
        for (String address : new String[] {"127.0.0.1", "::1", "0.0.0.0"}) {
            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName(address))) {
                int taken = port;
                int next = ports.take(taken);
                assertNotEquals(taken, next, () -> "taken on " + other.getInetAddress());
                port = next;
            } catch (BindException e) {
                assertEquals("::1", address, "a machine without IPv6");
            }
        }
    }

    @Test
    void port_staysWithWhoHasIt_whenNoOtherIsToBeHad() throws IOException {
        Set<Integer> taken = new HashSet<>();
        Ports ports = new Ports(wanted -> {
            if (taken.contains(wanted)) {
                throw new BindException("port " + wanted + " is taken");
            }
            return 7;
        });
        assertEquals(7, ports.take(0));
        taken.addAll(Set.of(0, 7));
        assertThrows(BindException.class, () -> ports.take(7));
        taken.clear();
        assertThrows(BindException.class, () -> ports.take(0), "it is not given to another process meanwhile");
        assertEquals(7, ports.take(7));
    }

    @Test
    void port_isNotGivenTwice() throws IOException {
        Ports ports = new Ports(wanted -> 7);
        assertEquals(7, ports.take(0));
        assertEquals(
                "every free port is given to another process",
                assertThrows(BindException.class, () -> ports.take(0)).getMessage());
        ports.giveBack(7);
        assertEquals(7, ports.take(0));
    }
}
