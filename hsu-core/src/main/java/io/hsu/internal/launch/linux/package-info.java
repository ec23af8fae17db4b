/** The launcher for Linux: posix_spawn, one reactor thread for exits and output, trees by cgroup and {@code /proc}. */
package io.hsu.internal.launch.linux;
