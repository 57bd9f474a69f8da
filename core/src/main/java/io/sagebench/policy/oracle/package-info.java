/// Ceilings: what the rules of other policies reach when they know how long each answer will be.
@NullMarked
package io.sagebench.policy.oracle;

import org.jspecify.annotations.NullMarked;
