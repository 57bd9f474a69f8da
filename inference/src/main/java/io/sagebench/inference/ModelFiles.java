package io.sagebench.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.util.Optional;

/// The files of one model, wherever they stand.
interface ModelFiles {

    /// What the model is called.
    String name();

    /// Where a file is, for messages.
    String place(String file);

    /// What a small file holds; absent when there is none.
    Optional<byte[]> read(String file) throws IOException;

    /// The graph to run, by its path among the files.
    String graph();

    /// Has the runtime read the graph.
    OrtSession open(OrtEnvironment runtime, OrtSession.SessionOptions options) throws OrtException;
}
