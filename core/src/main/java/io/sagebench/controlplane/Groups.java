package io.sagebench.controlplane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The books by group of requests, with a bounded number of groups: clients choose the names of tenants.
final class Groups {
    /// Tenants counted apart.
    static final int MOST_TENANTS = 100;
    /// Groups counted apart: beyond, tenants are joined; beyond twice as many, models are too.
    static final int MOST_GROUPS = 500;

    private final Map<RequestGroup, Tally> tallies = new LinkedHashMap<>();
    private final Set<String> tenants = new HashSet<>();

    /// How a request ended.
    enum Ending {
        COMPLETED,
        FAILED,
        CANCELLED,
        REFUSED,
        INVALID
    }

    void clear() {
        tallies.clear();
        tenants.clear();
    }

    Tally of(Submission submission, String policy, boolean modelIsServed) {
        var exact = new RequestGroup(
                policy,
                modelIsServed ? submission.ask().model() : RequestGroup.OTHER,
                submission.ask().type(),
                submission.priority(),
                tenantOf(submission));
        Tally known = tallies.get(exact);
        if (known != null) {
            return known;
        }
        RequestGroup bounded = tallies.size() < MOST_GROUPS
                ? exact
                : tallies.size() < 2 * MOST_GROUPS ? exact.withoutTenant() : exact.withoutModel();
        return tallies.computeIfAbsent(bounded, _ -> new Tally());
    }

    private String tenantOf(Submission submission) {
        String tenant = Tenants.nameOf(submission);
        if (tenants.contains(tenant)) {
            return tenant;
        }
        if (tenants.size() >= MOST_TENANTS) {
            return RequestGroup.OTHER;
        }
        tenants.add(tenant);
        return tenant;
    }

    List<GroupMetrics> summary() {
        var all = new ArrayList<GroupMetrics>(tallies.size());
        tallies.forEach((group, tally) -> all.add(tally.summary(group)));
        return all;
    }

    /// The books of one group.
    static final class Tally {
        private long completed;
        private long failed;
        private long cancelled;
        private long refused;
        private long invalid;
        private long sloMet;
        private long retries;
        private final CoarseLatencies queueWait = new CoarseLatencies();
        private final CoarseLatencies ttft = new CoarseLatencies();
        private final CoarseLatencies tpot = new CoarseLatencies();
        private final CoarseLatencies endToEnd = new CoarseLatencies();

        void ended(Ending how) {
            switch (how) {
                case COMPLETED -> completed++;
                case FAILED -> failed++;
                case CANCELLED -> cancelled++;
                case REFUSED -> refused++;
                case INVALID -> invalid++;
            }
        }

        void met() {
            sloMet++;
        }

        void retried() {
            retries++;
        }

        void waited(long nanos) {
            queueWait.add(nanos);
        }

        void firstToken(long nanos) {
            ttft.add(nanos);
        }

        void tokenGap(long nanos) {
            tpot.add(nanos);
        }

        void lasted(long nanos) {
            endToEnd.add(nanos);
        }

        GroupMetrics summary(RequestGroup group) {
            return new GroupMetrics(
                    group,
                    completed,
                    failed,
                    cancelled,
                    refused,
                    invalid,
                    sloMet,
                    retries,
                    queueWait.summary(),
                    ttft.summary(),
                    tpot.summary(),
                    endToEnd.summary());
        }
    }
}
