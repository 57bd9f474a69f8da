/// Sends every request of a plan at its intended time: open loops whatever the server does, closed loops and conversations as it answers.
///
/// Start at [io.sagebench.loadgen.LoadGenerator]. It knows neither sockets nor the control plane: a [io.sagebench.loadgen.LoadClient] does the sending.
@NullMarked
package io.sagebench.loadgen;

import org.jspecify.annotations.NullMarked;
