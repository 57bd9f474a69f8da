package io.sagebench.inference.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Hugging Face cache of this machine, in the layout of its own programs, so that each finds what the other fetched: `refs/main` names a
/// revision, `snapshots/<revision>/` holds its files, `blobs/<digest>` what they link to.
///
/// @param root holds a folder for each repository
record HubCache(Path root) {

    /// The folder of a repository.
    Path folder(RepositoryId id) {
        return root.resolve(id.cacheFolder());
    }

    /// The snapshot of the main branch, if its ONNX export is there.
    Optional<Path> snapshot(RepositoryId id) throws IOException {
        Path ref = folder(id).resolve("refs").resolve("main");
        if (!Files.isRegularFile(ref)) {
            return Optional.empty();
        }
        Path snapshot = snapshot(id, Files.readString(ref).strip());
        return Files.isDirectory(snapshot) && NeededFiles.graphAmong(paths(snapshot)).isPresent()
                ? Optional.of(snapshot)
                : Optional.empty();
    }

    /// The folder of one revision, whether or not it is there.
    Path snapshot(RepositoryId id, String revision) {
        return folder(id).resolve("snapshots").resolve(revision);
    }

    /// Where the content of a file is, or will be.
    Path blob(RepositoryId id, HubFile file) {
        return folder(id).resolve("blobs").resolve(file.digest().hex());
    }

    /// Where it is while it is not whole.
    Path incomplete(RepositoryId id, HubFile file) {
        return folder(id).resolve("blobs").resolve(file.digest().hex() + ".incomplete");
    }

    /// Makes a whole and checked file part of a revision.
    void link(RepositoryId id, String revision, HubFile file) throws IOException {
        Path snapshot = snapshot(id, revision);
        Path link = snapshot.resolve(file.path()).normalize();
        if (!link.startsWith(snapshot)) {
            throw new IOException("the hub lists a file outside its repository: '" + file.path() + "'");
        }
        if (Files.exists(link)) {
            return;
        }
        Path folder = requireNonNull(link.getParent(), "within the snapshot");
        Files.createDirectories(folder);
        Path blob = blob(id, file);
        try { // not on every file system, nor for everybody on Windows
            Files.createSymbolicLink(link, folder.relativize(blob));
        } catch (UnsupportedOperationException | FileSystemException _) {
            Files.copy(blob, link, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Makes a revision, all of whose files are linked, the one of the main branch.
    void name(RepositoryId id, String revision) throws IOException {
        Path ref = folder(id).resolve("refs").resolve("main");
        Files.createDirectories(ref.getParent());
        Path fresh = Files.createTempFile(ref.getParent(), "main", ".new");
        Files.writeString(fresh, revision);
        try {
            Files.move(fresh, ref, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(fresh, ref, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The digest of what a file holds, to compare with the one its hub states.
    static String digest(Path file, HubFile.Digest.Kind kind) throws IOException {
        MessageDigest digest = switch (kind) {
            case SHA256 -> algorithm("SHA-256");
            case GIT -> {
                MessageDigest git = algorithm("SHA-1");
                git.update(("blob " + Files.size(file) + "\0").getBytes(US_ASCII));
                yield git;
            }
        };
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has " + name, missing);
        }
    }

    private static Set<String> paths(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, 3)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }
}
