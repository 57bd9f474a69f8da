/// From what a user writes to a checked configuration: options, environment and files, each mistake with its place.
///
/// Start at [io.sagebench.benchmark.config.ConfigDraft].
@NullMarked
package io.sagebench.benchmark.config;

import org.jspecify.annotations.NullMarked;
