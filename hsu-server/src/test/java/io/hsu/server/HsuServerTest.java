package io.hsu.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HsuServerTest {

    @Test
    void portProblem_keepsTheReason() {
        String whatToDo =
                ", and nothing was started; choose another one with --port (0: any that is free) or process_manager.port";
        assertEquals(
                "the management port 50055 on 127.0.0.1 cannot be used: another program has it (Address already in use)"
                        + whatToDo,
                HsuServer.portProblem(50055, "Address already in use"));
        assertEquals(
                "the management port 80 on 127.0.0.1 cannot be used (Permission denied)" + whatToDo,
                HsuServer.portProblem(80, "Permission denied"));
    }

    @Test
    void count_ofProcesses() {
        assertEquals("0 processes", HsuServer.count(0));
        assertEquals("1 process", HsuServer.count(1));
        assertEquals("2 processes", HsuServer.count(2));
    }
}
