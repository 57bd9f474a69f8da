package io.sagebench.inference.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model hub on the network that speaks Hugging Face's API.
final class Hub {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 8;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HubSettings settings;

    Hub(HubSettings settings) {
        this.settings = settings;
    }

    /// A revision of a repository.
    ///
    /// @param id    full name, which may differ from the one asked for
    /// @param files all of them
    record Revision(String id, List<HubFile> files) {}

    /// Answers of the hub that end the matter.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String what) {
            super(what);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /// What the main branch of a repository is now.
    ///
    /// @throws Refused     when the hub does not have or give it
    /// @throws IOException when the hub cannot be reached, or does not speak as hubs do
    Revision main(RepositoryId id) throws IOException {
        HttpURLConnection answer = get(settings.endpoint() + "/api/models/" + id.text() + "/revision/main?blobs=true", 0);
        try (InputStream in = answer.getInputStream()) {
            return revision(JsonMapper.shared().readTree(in));
        } catch (JacksonException | IllegalArgumentException bad) {
            throw new IOException(settings.endpoint() + " does not answer as a model hub does: " + bad.getMessage(), bad);
        } finally {
            answer.disconnect();
        }
    }

    private static Revision revision(JsonNode answer) {
        String sha = text(answer, "sha");
        var files = new ArrayList<HubFile>();
        for (JsonNode file : answer.path("siblings")) {
            digest(file).ifPresent(digest -> files.add(new HubFile(text(file, "rfilename"), file.path("size").asLong(-1), digest)));
        }
        if (!sha.matches("[0-9a-f]{7,64}")) {
            throw new IllegalArgumentException("its revision is '" + sha + "'");
        }
        return new Revision(sha, List.copyOf(files));
    }

    /// Those without one are never needed.
    private static Optional<HubFile.Digest> digest(JsonNode file) {
        String large = file.path("lfs").path("sha256").asString("");
        String small = file.path("blobId").asString("");
        boolean isLarge = large.matches("[0-9a-f]{64}");
        if (!isLarge && !small.matches("[0-9a-f]{40}")) {
            return Optional.empty();
        }
        return Optional.of(isLarge
                ? new HubFile.Digest(HubFile.Digest.Kind.SHA256, large)
                : new HubFile.Digest(HubFile.Digest.Kind.GIT, small));
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (!value.isString()) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value.stringValue();
    }

    /// Brings the content of a file to `to`, by way of `incomplete`, which a later call goes on with when this one fails.
    ///
    /// @throws IOException also when what came is not what the hub lists; then nothing is kept
    void fetch(RepositoryId id, String revision, HubFile file, Path incomplete, Path to, DownloadListener listener)
            throws IOException {
        Files.createDirectories(to.getParent());
        long have = Files.exists(incomplete) ? Files.size(incomplete) : 0;
        if (have != file.bytes() || file.bytes() == 0) {
            String address = settings.endpoint() + "/" + id.text() + "/resolve/" + revision + "/" + escaped(file.path());
            receive(file, get(address, have), have, incomplete, listener);
        }
        String digest = HubCache.digest(incomplete, file.digest().kind());
        if (!digest.equals(file.digest().hex())) {
            Files.delete(incomplete);
            throw new IOException(file.path() + " came damaged: its digest is " + digest + ", but the hub states "
                    + file.digest().hex() + ". Try again");
        }
        Files.move(incomplete, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void receive(HubFile file, HttpURLConnection answer, long have, Path incomplete, DownloadListener listener)
            throws IOException {
        boolean goesOn = answer.getResponseCode() == PARTIAL_CONTENT;
        long bytes = goesOn ? have : 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = answer.getInputStream();
                OutputStream out = goesOn
                        ? Files.newOutputStream(incomplete, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                        : Files.newOutputStream(incomplete)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                bytes += read;
                listener.came(file.path(), bytes, file.bytes());
            }
        } finally {
            answer.disconnect();
        }
        if (bytes != file.bytes()) {
            throw new IOException(file.path() + " broke off after " + bytes + " of " + file.bytes() + " bytes");
        }
    }

    /// A good answer to a GET. Follows redirects, and sends the token to the hub itself only.
    private HttpURLConnection get(String address, long from) throws IOException {
        URI uri = uri(address);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpURLConnection connection = open(uri, from);
            int status = connection.getResponseCode();
            if (status == RANGE_NOT_SATISFIABLE && from > 0) {
                connection.disconnect();
                from = 0;
                continue;
            }
            if (status < 300) {
                return connection;
            }
            String location = connection.getHeaderField("Location");
            connection.disconnect();
            if (status >= 400 || location == null) {
                throw new Refused(status, uri.getHost() + " answered " + status + " for " + uri.getPath());
            }
            uri = uri.resolve(uri(location));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IOException("redirected to " + uri);
            }
        }
        throw new IOException("redirected " + MOST_REDIRECTS + " times from " + address);
    }

    private HttpURLConnection open(URI uri, long from) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(SILENCE.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("User-Agent", "sage-bench");
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        if (uri.getAuthority().equals(settings.endpoint().getAuthority())) {
            settings.token().ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
        }
        return connection;
    }

    private static URI uri(String address) throws IOException {
        try {
            return new URI(address);
        } catch (URISyntaxException bad) {
            throw new IOException("not an address: " + address, bad);
        }
    }

    private static String escaped(String path) throws IOException {
        try {
            return new URI(null, null, path, null).getRawPath();
        } catch (URISyntaxException bad) {
            throw new IOException("not a path: " + path, bad);
        }
    }
}
