/// Several engines measured side by side: what each did, and which differences are more than chance.
///
/// Start at [EngineComparison].
@NullMarked
package io.sagebench.report.engine.compare;

import org.jspecify.annotations.NullMarked;
