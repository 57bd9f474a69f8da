package io.sagebench.policy;

import java.util.random.RandomGenerator;

/// What a new policy is given to work with.
///
/// @param chance   made from the run's seed
/// @param policies all there are, for a policy that delegates to another
public record PolicyContext(RandomGenerator chance, Policies policies) {}
