/// Waiting queues that several policies are made of.
///
/// Start at [io.sagebench.policy.queue.WaitingQueue].
@NullMarked
package io.sagebench.policy.queue;

import org.jspecify.annotations.NullMarked;
