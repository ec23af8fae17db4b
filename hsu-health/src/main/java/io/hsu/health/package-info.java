/**
 * Health checks over HTTP and gRPC, and requests to stop over gRPC. Begin at {@link io.hsu.health.HttpHealthCheck#get} and
 * {@link io.hsu.health.GrpcHealthCheck#of}.
 */
package io.hsu.health;
