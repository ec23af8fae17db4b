package io.hsu.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into a resource. */
final class Version {

    static String number() {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For picocli. */
    static final class Line implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hsu " + number()};
        }
    }

    private Version() {}
}
