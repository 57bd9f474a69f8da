/// The figures of other tools, from our records: what each of them would have said of the same run.
///
/// Start at [io.sagebench.report.definitions.ToolDefinition]. To add a tool, implement it and list it in [io.sagebench.report.definitions.Tools].
@NullMarked
package io.sagebench.report.definitions;

import org.jspecify.annotations.NullMarked;
