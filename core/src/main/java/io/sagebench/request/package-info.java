/// What a request is and how it can end: ids, priorities, service levels, outcomes.
///
/// Plain values shared by the load generator, the control plane and the engines. Start at [io.sagebench.request.Outcome].
@NullMarked
package io.sagebench.request;

import org.jspecify.annotations.NullMarked;
