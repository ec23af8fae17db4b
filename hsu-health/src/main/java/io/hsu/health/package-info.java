/** Health checks over HTTP. Begin at {@link io.hsu.health.HttpHealthCheck#get}. */
package io.hsu.health;
