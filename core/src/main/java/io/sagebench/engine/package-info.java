/// What the control plane needs from an engine, simulated or real.
///
/// Start at [io.sagebench.engine.Engine].
@NullMarked
package io.sagebench.engine;

import org.jspecify.annotations.NullMarked;
