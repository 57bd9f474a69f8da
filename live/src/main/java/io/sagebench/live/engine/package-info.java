/// Real servers behind the interface that the control plane schedules over.
///
/// Start at [io.sagebench.live.engine.HttpEngine].
@NullMarked
package io.sagebench.live.engine;

import org.jspecify.annotations.NullMarked;
