package io.sagebench.cli;

import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import java.util.Iterator;

/// The names of the installed policies, for shells to complete.
final class PolicyNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Policies.installed().all().stream().map(PolicyFactory::name).iterator();
    }
}
