/// Results in the file layouts of other tools, so that dashboards made for these read ours.
///
/// Start at [io.sagebench.report.formats.SaveFormat].
@NullMarked
package io.sagebench.report.formats;

import org.jspecify.annotations.NullMarked;
