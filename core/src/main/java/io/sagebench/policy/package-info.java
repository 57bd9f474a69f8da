/// Scheduling policies: events in, decisions out.
///
/// Start at [io.sagebench.policy.Policy]. To add one: a class in the package of its family, a [io.sagebench.policy.PolicyFactory] named in
/// `META-INF/services`, and a test that implements the policy contract.
@NullMarked
package io.sagebench.policy;

import org.jspecify.annotations.NullMarked;
