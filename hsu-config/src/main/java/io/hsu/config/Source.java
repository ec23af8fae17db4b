package io.hsu.config;

/** What every value of one file shares: where problems go, and what references stand for. */
record Source(Problems problems, Interpolation interpolation) {}
