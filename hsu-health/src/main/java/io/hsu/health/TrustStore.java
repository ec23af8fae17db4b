package io.hsu.health;

import io.hsu.spi.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom to trust, as a file says: certificates as PEM, a PKCS12 or a JKS key store. Equal by its path. Immutable. */
final class TrustStore {

    private static final String FORMS = "give the path of a file with certificates, as PEM, PKCS12 or JKS";

    private final Path path;
    private final X509TrustManager trustManager;

    private TrustStore(Path path, X509TrustManager trustManager) {
        this.path = path;
        this.trustManager = trustManager;
    }

    /**
     * Reads the file, now and only once.
     *
     * @param password the key store's; null for none
     */
    static TrustStore read(Path path, char[] password) {
        Objects.requireNonNull(path, "path");
        X509TrustManager trustManager;
        try {
            byte[] content = Files.readAllBytes(path);
            if (content.length == 0) {
                throw new IOException("it is empty");
            }
            trustManager = trustManager(isPem(content) ? pem(content, path, password) : keyStore(path, password));
        } catch (NoSuchFileException e) {
            throw refused(
                    path,
                    "does not exist (looked at %s); %s"
                            .formatted(path.toAbsolutePath().normalize(), FORMS),
                    e);
        } catch (IOException e) {
            throw refused(path, e.getCause() instanceof UnrecoverableKeyException ? wrong(password) : unreadable(e), e);
        } catch (GeneralSecurityException e) {
            throw refused(path, unreadable(e), e);
        }
        if (trustManager.getAcceptedIssuers().length == 0) {
            throw refused(
                    path,
                    password == null
                            ? "holds no certificate that can be read without a password; give it"
                            : "holds no certificate; " + FORMS,
                    null);
        }
        return new TrustStore(path, trustManager);
    }

    /** {@return what {@code trust_store} and {@code trust_store_password} say; null if there is none} */
    static TrustStore of(Settings settings) {
        Optional<String> path = settings.string("trust_store");
        Optional<char[]> password = settings.string("trust_store_password").map(String::toCharArray);
        if (path.isEmpty() && password.isPresent()) {
            throw new IllegalArgumentException(
                    "trust_store_password is set, but trust_store is not; set it, or leave the password away");
        }
        return path.map(text -> read(Path.of(text), password.orElse(null))).orElse(null);
    }

    private static String wrong(char[] password) {
        return password == null ? "needs a password; give it" : "does not open with its password; give the right one";
    }

    private static String unreadable(Exception e) {
        return "cannot be read: %s; %s".formatted(e.getMessage() == null ? e : e.getMessage(), FORMS);
    }

    private static IllegalArgumentException refused(Path path, String why, Exception cause) {
        return new IllegalArgumentException("trust store '%s' %s".formatted(path, why), cause);
    }

    private static boolean isPem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    private static KeyStore pem(byte[] content, Path path, char[] password)
            throws GeneralSecurityException, IOException {
        if (password != null) {
            throw refused(path, "is PEM, which has no password; leave the password away", null);
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(content)) {
            store.setCertificateEntry(Integer.toString(number++), certificate);
        }
        return store;
    }

    private static Iterable<? extends Certificate> certificates(byte[] content) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
    }

    /** From the file itself: only so does the JDK find out what type it is. */
    private static KeyStore keyStore(Path path, char[] password) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(path.toFile(), password);
    }

    private static X509TrustManager trustManager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java cannot verify X.509 certificates");
    }

    /** {@return what verifies a server by it} */
    X509TrustManager trustManager() {
        return trustManager;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustStore that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
