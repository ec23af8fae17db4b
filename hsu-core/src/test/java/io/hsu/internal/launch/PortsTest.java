package io.hsu.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
                int next = ports.take(port);
                assertNotEquals(port, next, () -> "taken on " + other.getInetAddress());
                ports.giveBack(next);
            } catch (BindException e) {
                assertEquals("::1", address, "a machine without IPv6");
            }
        }
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
