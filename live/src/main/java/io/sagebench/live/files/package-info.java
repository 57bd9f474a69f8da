/// Recorded loads and datasets read from files, and written to them.
///
/// Start at [io.sagebench.live.files.TraceFile] for traces and [io.sagebench.live.files.Datasets] for prompts and texts. Files stream by; texts stay in
/// them.
@NullMarked
package io.sagebench.live.files;

import org.jspecify.annotations.NullMarked;
