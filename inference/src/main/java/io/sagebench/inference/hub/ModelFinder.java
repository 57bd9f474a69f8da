package io.sagebench.inference.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the model that a person named: `sage-tiny`, a folder, or a repository, which is looked for in the Hugging Face cache and then fetched.
public final class ModelFinder {
    /// The name of the model that ships with the program.
    public static final String SHIPPED = "sage-tiny";

    /// A model with the shape of GPT-2 and random weights, for trials: like the one that ships, which stands in for it and says so.
    public static final String ANOTHER_TINY = "sshleifer/tiny-gpt2";

    private final HubSettings settings;
    private final HubCache cache;
    private final Hub hub;
    private final DownloadListener listener;

    /// @param listener is told how a download goes
    public ModelFinder(HubSettings settings, DownloadListener listener) {
        this.settings = settings;
        this.cache = new HubCache(settings.cache());
        this.hub = new Hub(settings);
        this.listener = listener;
    }

    /// The model called so. Blocks, perhaps for as long as a download takes; what has come stays when it fails, and is gone on with by the next
    /// attempt.
    ///
    /// @throws ModelUnavailable when it cannot be had; the message says why, and what to do
    public FoundModel find(String name) throws ModelUnavailable {
        if (name.equals(SHIPPED)) {
            return new FoundModel.Shipped(Optional.empty());
        }
        Optional<Path> folder = folder(name);
        if (folder.isPresent()) {
            return new FoundModel.InFolder(name, folder.get());
        }
        RepositoryId id = RepositoryId.of(name).orElseThrow(() -> new ModelUnavailable("model path invalid: there is no folder '"
                + name + "', and it cannot be the name of a repository. Give a folder with an ONNX export, a repository such as gpt2, or '"
                + SHIPPED + "' for the model that ships with this program"));
        try {
            Optional<Path> cached = cache.snapshot(id);
            if (cached.isPresent()) {
                return new FoundModel.InFolder(name, cached.get());
            }
        } catch (IOException | UncheckedIOException bad) {
            throw new ModelUnavailable("model '" + name + "': the cache " + cache.folder(id) + " cannot be read: " + bad.getMessage());
        }
        if (name.equals(ANOTHER_TINY)) {
            return new FoundModel.Shipped(Optional.of(name));
        }
        if (settings.offline()) {
            throw missing(id, "HF_HUB_OFFLINE forbids to ask " + settings.endpoint() + " for it");
        }
        return new FoundModel.InFolder(name, fetched(id));
    }

    private static Optional<Path> folder(String name) {
        try {
            Path folder = Path.of(name);
            return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private Path fetched(RepositoryId id) throws ModelUnavailable {
        try {
            Hub.Revision main = hub.main(id);
            List<HubFile> needed = NeededFiles.of(main.files()).orElseThrow(() -> new ModelUnavailable("model '" + id.text()
                    + "': its repository has no ONNX export. " + export(id)));
            for (HubFile file : needed) {
                if (!Files.exists(cache.blob(id, file))) {
                    hub.fetch(id, main.id(), file, cache.incomplete(id, file), cache.blob(id, file), listener);
                }
                cache.link(id, main.id(), file);
            }
            cache.name(id, main.id());
            return cache.snapshot(id, main.id());
        } catch (Hub.Refused refused) {
            throw switch (refused.status()) {
                case 401, 403 -> new ModelUnavailable("model '" + id.text() + "': " + settings.endpoint()
                        + " does not give it to everybody, or does not have it (" + refused.getMessage()
                        + "). Check the name, and set HF_TOKEN when it is gated");
                case 404 -> new ModelUnavailable("model '" + id.text() + "': " + settings.endpoint() + " has no such repository");
                default -> missing(id, said(refused));
            };
        } catch (IOException failed) {
            throw missing(id, settings.endpoint() + " did not bring it: " + said(failed));
        }
    }

    private ModelUnavailable missing(RepositoryId id, String why) {
        return new ModelUnavailable("model '" + id.text() + "' is not on this machine, and " + why + ". Put its files into the cache "
                + cache.folder(id) + ", or give the folder of an export with --model. " + export(id));
    }

    private static String export(RepositoryId id) {
        return "This makes one where Python is: optimum-cli export onnx --model " + id.text()
                + " --task text-generation-with-past FOLDER";
    }

    /// With the kind of trouble: the message of an unknown host is its name alone.
    private static String said(IOException failed) {
        return failed.getClass().getSimpleName() + (failed.getMessage() == null ? "" : ": " + failed.getMessage());
    }
}
