/*
 * Writes numbered lines as fast as it can. Arguments: a FIFO that somebody opens for writing when it is to begin, for how
 * many seconds, what stands behind the number.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t over;

static void end(int signal) {
    (void)signal;
    over = 1;
}

int main(int count, char **values) {
    if (count != 4) {
        fprintf(stderr, "usage: %s FIFO SECONDS TEXT\n", values[0]);
        return 2;
    }
    int fifo = open(values[1], O_RDONLY); /* waits for who opens it for writing */
    if (fifo < 0) {
        perror(values[1]);
        return 1;
    }
    close(fifo);
    signal(SIGALRM, end); /* a write goes on after it */
    alarm(atoi(values[2]));
    for (long long number = 1; !over; number++) {
        printf("#%010lld%s\n", number, values[3]);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
