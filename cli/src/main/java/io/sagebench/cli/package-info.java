/// The command line: commands, messages, progress and exit codes. The only package that prints or exits.
///
/// Start at [io.sagebench.cli.Main].
@NullMarked
package io.sagebench.cli;

import org.jspecify.annotations.NullMarked;
