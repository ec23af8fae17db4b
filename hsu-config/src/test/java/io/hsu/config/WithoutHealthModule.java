package io.hsu.config;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/** Finds no provider of {@code hsu-health}, as if that module were not there. */
final class WithoutHealthModule extends ClassLoader {

    WithoutHealthModule() {
        super(WithoutHealthModule.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(super.getResources(name)).stream()
                .filter(url -> !url.getPath().matches(".*/hsu-health(-[^/]*\\.jar|/target/).*"))
                .toList());
    }
}
