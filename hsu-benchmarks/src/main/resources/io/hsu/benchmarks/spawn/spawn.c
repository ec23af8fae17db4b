/*
 * What the system itself needs from the start of a program to its seen exit: posix_spawn and waitpid, again and again.
 * Arguments: the program, how often, how many microseconds to rest before each. Prints a line of nanoseconds for each.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int spawn(char *program) {
    char *arguments[] = {program, NULL};
    pid_t pid;
    int status;
    if (posix_spawn(&pid, program, NULL, NULL, arguments, environ) != 0 || waitpid(pid, &status, 0) != pid) {
        perror(program);
        return 1;
    }
    return status;
}

int main(int count, char **values) {
    if (count != 4) {
        fprintf(stderr, "usage: %s PROGRAM TIMES REST\n", values[0]);
        return 2;
    }
    int times = atoi(values[2]);
    int rest = atoi(values[3]);
    for (int i = -2; i < times; i++) { /* two that do not count: the first ones fault pages in */
        usleep(rest);
        long long start = now();
        if (spawn(values[1]) != 0) {
            return 1;
        }
        long long end = now();
        if (i >= 0) {
            printf("%lld\n", end - start);
        }
    }
    return 0;
}
