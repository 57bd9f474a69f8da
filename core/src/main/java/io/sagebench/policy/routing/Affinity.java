package io.sagebench.policy.routing;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Lane;
import io.sagebench.random.Mix;
import io.sagebench.request.Caller;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Parts that keep the requests of a session or a tenant together.
public final class Affinity {
    /// How much more than its equal share an engine may run before it is passed over (Mirrokni, Thorup, Zadimoghaddam: Consistent hashing with
    /// bounded loads, SODA 2018).
    public static final double LOAD_BOUND = 1.25;

    private static final int MOST_SESSIONS = 65_536;

    private Affinity() {}

    /// 1 for the engine that served the last request of the session, else 0. Of sessions that were silent longest it forgets the engine.
    public static Scorer session() {
        return new Sessions();
    }

    /// 1 for one engine, always the same for a session, or else for a tenant: the one with the highest hash of both names (rendezvous hashing:
    /// Thaler, Ravishankar, 1998), else 0. An engine that comes or goes moves only the sessions that are its own. A request without session and
    /// tenant gets 1 everywhere.
    public static Scorer rendezvous() {
        return (route, scores) -> {
            OptionalLong key = keyOf(route.request().caller());
            if (key.isEmpty()) {
                Arrays.fill(scores, 0, route.count(), 1);
                return;
            }
            int best = 0;
            long highest = Long.MIN_VALUE;
            for (int i = 0; i < route.count(); i++) {
                scores[i] = 0;
                long hash = Mix.of(key.getAsLong(), Mix.of(route.engine(i).description().id().value()));
                if (hash > highest) {
                    highest = hash;
                    best = i;
                }
            }
            scores[best] = 1;
        };
    }

    /// Keeps the engines that with one more request run at most `factor` times the mean over the engines of the lane, rounded up.
    public static Filter boundedLoad(double factor) {
        return (route, keep) -> {
            Lane lane = route.request().lane();
            long running = 1;
            int engines = 0;
            for (EngineView engine : route.pool().engines()) {
                if (engine.description().models().serves(lane.model(), lane.type())) {
                    running += engine.running();
                    engines++;
                }
            }
            double most = Math.ceil(factor * running / Math.max(1, engines));
            for (int i = 0; i < route.count(); i++) {
                keep[i] = route.engine(i).running() + 1 <= most;
            }
        };
    }

    /// A number for the session, or else for the tenant.
    private static OptionalLong keyOf(Caller caller) {
        if (caller.session().isPresent()) {
            return OptionalLong.of(Mix.of(Mix.of(caller.session().get()), Mix.of(caller.tenant().orElse(""))));
        }
        return caller.tenant().isPresent() ? OptionalLong.of(Mix.of(caller.tenant().get())) : OptionalLong.empty();
    }

    private static final class Sessions implements Scorer {
        private final Map<Caller, EngineId> last = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Caller, EngineId> eldest) {
                return size() > MOST_SESSIONS;
            }
        };

        @Override
        public void score(Route route, double[] scores) {
            Caller caller = route.request().caller();
            EngineId home = caller.session().isPresent() ? last.get(caller) : null;
            for (int i = 0; i < route.count(); i++) {
                scores[i] = route.engine(i).description().id().equals(home) ? 1 : 0;
            }
        }

        @Override
        public void chosen(Route route, int chosen) {
            Caller caller = route.request().caller();
            if (caller.session().isPresent()) {
                last.put(caller, route.engine(chosen).description().id());
            }
        }
    }
}
