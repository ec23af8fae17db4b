/** Measures processes through {@code /proc} and control groups. */
package io.hsu.internal.resource.linux;
