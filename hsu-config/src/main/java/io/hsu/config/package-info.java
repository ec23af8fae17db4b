/**
 * The YAML that HSU process managers read, turned into the builder calls that a programmer would write. Begin at {@link
 * io.hsu.config.HsuConfig#load}.
 */
package io.hsu.config;
