/// The facts of a run: one record for each request that ended.
///
/// Start at [io.sagebench.journal.RequestRecord].
@NullMarked
package io.sagebench.journal;

import org.jspecify.annotations.NullMarked;
