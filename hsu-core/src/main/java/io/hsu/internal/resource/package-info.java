/** How much processes use: readings of a monitor become percentages, totals of trees, peaks and a history. */
package io.hsu.internal.resource;
