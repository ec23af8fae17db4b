/**
 * The kernel's own interfaces, as thin as they can be: the native functions, the structures they fill, and the reactor that
 * waits for descriptors. Only this package and the Linux launcher call native functions.
 */
package io.hsu.internal.linux;
