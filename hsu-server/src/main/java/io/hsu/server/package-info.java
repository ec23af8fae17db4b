/** The stand-alone process manager: the {@code hsu} command. Begin at {@link io.hsu.server.Main}. */
package io.hsu.server;
