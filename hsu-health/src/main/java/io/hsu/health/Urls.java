package io.hsu.health;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** URLs as they are read, and as they may be shown: without user, password and query, which hold secrets. */
final class Urls {

    private static final Pattern SCHEME = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern QUERY = Pattern.compile("[?#]");

    static HttpUrl parse(String text) {
        // The scheme by itself first: the parser would read "http:host" as it reads "http://host".
        HttpUrl url = SCHEME.matcher(text).matches() ? HttpUrl.parse(text) : null;
        if (url == null) {
            throw new IllegalArgumentException(
                    "url '%s' is not allowed; it must be absolute, with scheme http or https, such as http://localhost:8080/health"
                            .formatted(masked(text)));
        }
        return url;
    }

    static String shown(HttpUrl url) {
        return url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build()
                .toString();
    }

    /** What is no URL cannot be taken apart: where it may hold a password, only its beginning is shown. */
    private static String masked(String text) {
        int secret = text.indexOf('@') >= 0 ? endOfScheme(text) : indexOfQuery(text);
        return secret < text.length() ? text.substring(0, secret) + "***" : text;
    }

    private static int endOfScheme(String text) {
        int slashes = text.indexOf("//");
        return slashes < 0 ? 0 : slashes + 2;
    }

    private static int indexOfQuery(String text) {
        Matcher query = QUERY.matcher(text);
        return query.find() ? query.end() : text.length();
    }

    private Urls() {}
}
