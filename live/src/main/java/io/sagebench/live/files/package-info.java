/// Recorded loads read from files.
///
/// Start at [io.sagebench.live.files.AzureTraceCsv].
@NullMarked
package io.sagebench.live.files;

import org.jspecify.annotations.NullMarked;
