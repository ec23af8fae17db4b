/** What OSHI measures: processes where nothing better works, and the whole system. Nothing outside names its classes. */
package io.hsu.internal.resource.oshi;
