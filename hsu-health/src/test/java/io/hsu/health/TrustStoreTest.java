package io.hsu.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {

    private static final String FORMS = "give the path of a file with certificates, as PEM, PKCS12 or JKS";

    @TempDir
    Path directory;

    @Test
    void severalCertificates_inOnePemFile_withTextBetween() throws IOException {
        Path both = directory.resolve("both.pem");
        Files.writeString(
                both,
                "the first\n" + Files.readString(Tls.file("localhost.pem")) + "\nthe second\n"
                        + Files.readString(Tls.file("elsewhere.pem")));
        assertEquals(2, TrustStore.read(both, null).trustManager().getAcceptedIssuers().length);
    }

    @Test
    void missing() {
        Path path = Path.of("no", "such.pem");
        assertEquals(
                "trust store '%s' does not exist (looked at %s); %s".formatted(path, path.toAbsolutePath(), FORMS),
                refused(path, null));
    }

    @Test
    void directory() {
        assertEquals(
                "trust store '%s' cannot be read: Is a directory; %s".formatted(directory, FORMS),
                refused(directory, null));
    }

    @Test
    void empty() throws IOException {
        Path file = Files.createFile(directory.resolve("empty"));
        assertEquals("trust store '%s' cannot be read: it is empty; %s".formatted(file, FORMS), refused(file, null));
    }

    @Test
    void somethingElse() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "to be trusted: nobody");
        assertTrue(
                refused(file, null).matches("trust store '.*notes.txt' cannot be read: .*; " + FORMS),
                refused(file, null));
    }

    @Test
    void damagedPem() throws IOException {
        Path file = Files.writeString(
                directory.resolve("damaged.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertTrue(
                refused(file, null).matches("trust store '.*damaged.pem' cannot be read: .*; " + FORMS),
                refused(file, null));
    }

    @Test
    void passwords() {
        for (String file : new String[] {"trusted.p12", "trusted.jks"}) {
            String message = refused(Tls.file(file), "s3cret".toCharArray());
            assertEquals(
                    "trust store '%s' does not open with its password; give the right one".formatted(Tls.file(file)),
                    message);
            assertFalse(message.contains("s3cret"));
        }
        assertEquals(
                "trust store '%s' holds no certificate that can be read without a password; give it"
                        .formatted(Tls.file("trusted.p12")),
                refused(Tls.file("trusted.p12"), null));
        assertEquals(
                "trust store '%s' is PEM, which has no password; leave the password away"
                        .formatted(Tls.file("localhost.pem")),
                refused(Tls.file("localhost.pem"), "s3cret".toCharArray()));
    }

    private static String refused(Path path, char[] password) {
        return assertThrows(IllegalArgumentException.class, () -> TrustStore.read(path, password))
                .getMessage();
    }
}
