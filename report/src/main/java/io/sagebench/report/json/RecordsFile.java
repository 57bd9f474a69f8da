package io.sagebench.report.json;

import io.sagebench.journal.Journal;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.NewFile;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.RecordSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/// The file with one request a line (JSON Lines), written as they end by a thread of its own, so that the run never waits for a disk unless
/// that is thousands of requests behind. Memory stays flat however many there are. It has a temporary name until it is finished.
public final class RecordsFile implements RecordSink {
    private static final int MOST_WAITING = 4096;

    private final NewFile file;
    private final BlockingQueue<Optional<WindowRecord>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer;
    private volatile @Nullable IOException failure;

    private RecordsFile(NewFile file) {
        this.file = file;
        this.writer = Thread.ofPlatform().daemon().name("records-file").start(this::writeAll);
    }

    /// Begins the file.
    ///
    /// @param replace whether a file of that name may be there already
    public static RecordsFile begin(Path target, boolean replace) throws IOException {
        return new RecordsFile(NewFile.begin(target, replace));
    }

    @Override
    public Journal open(MeasuredWindow window) {
        return ended -> put(Optional.of(new WindowRecord(window, ended)));
    }

    /// Writes what is still waiting and gives the file its name.
    ///
    /// @throws IOException when any record could not be written; what could is kept under the temporary name
    public void finish() throws IOException {
        end();
        file.finish();
    }

    /// Removes the file: there was nothing worth keeping.
    public void discard() throws IOException {
        put(Optional.empty());
        join();
        file.discard();
    }

    private void end() throws IOException {
        put(Optional.empty());
        join();
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
    }

    private void put(Optional<WindowRecord> next) {
        try {
            waiting.put(next);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a record waited to be written");
        }
    }

    private void join() {
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try (JsonGenerator json = Json.compact(file.stream())) {
            boolean wroteAny = writeUntilTheEnd(new RequestJson(json));
            json.flush();
            if (wroteAny) {
                file.stream().write('\n');
            }
        } catch (IOException broken) {
            failed(broken);
        } catch (JacksonException broken) {
            failed(cause(broken));
        } catch (InterruptedException _) {
            failed(new IOException("the thread that writes the records was interrupted"));
        }
    }

    private boolean writeUntilTheEnd(RequestJson requests) throws InterruptedException {
        var batch = new ArrayList<Optional<WindowRecord>>();
        boolean wroteAny = false;
        while (true) {
            batch.add(waiting.take());
            waiting.drainTo(batch);
            for (Optional<WindowRecord> next : batch) {
                if (next.isEmpty()) {
                    return wroteAny;
                }
                write(requests, next.get());
                wroteAny = true;
            }
            batch.clear();
        }
    }

    /// A full disk must not end the run in the middle: the failure is told at the end, and what follows it is dropped.
    private void write(RequestJson requests, WindowRecord next) {
        if (failure != null) {
            return;
        }
        try {
            requests.write(next);
        } catch (JacksonException broken) {
            failed(cause(broken));
        }
    }

    private void failed(IOException first) {
        if (failure == null) {
            failure = first;
        }
    }

    private static IOException cause(JacksonException broken) {
        return broken.getCause() instanceof IOException cause ? cause : new IOException(broken.getMessage(), broken);
    }
}
