package io.sagebench.policy.routing;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.request.Check;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Filters, then weighted scorers, then a picker: the form of the endpoint picker of the Kubernetes inference gateway. Every choice counts as a
/// dispatch, from which scorers learn what each engine has in its cache.
public final class RoutingPipeline implements Placement {
    private final Route route;
    private final List<Filter> filters;
    private final List<Weighted> scorers;
    private final Picker picker;
    private boolean[] keep = new boolean[16];
    private double[] scores = new double[16];
    private double[] totals = new double[16];

    /// A scorer and what its score counts.
    ///
    /// @param weight not negative
    public record Weighted(double weight, Scorer scorer) {
        public Weighted {
            Check.notNegative(weight, "weight");
        }
    }

    /// @param prefixes what the engines have cached, for filters and scorers that ask; null when none does
    /// @param filters  applied one after another
    public RoutingPipeline(@Nullable PrefixIndex prefixes, List<Filter> filters, List<Weighted> scorers, Picker picker) {
        this.route = new Route(prefixes);
        this.filters = List.copyOf(filters);
        this.scorers = List.copyOf(scorers);
        this.picker = picker;
    }

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        route.begin(request, candidates, pool);
        if (keep.length < route.count()) {
            keep = new boolean[2 * route.count()];
            scores = new double[keep.length];
            totals = new double[keep.length];
        }
        for (int i = 0; i < filters.size(); i++) {
            apply(filters.get(i));
        }
        int chosen = picker.pick(totals(), route.count());
        for (int i = 0; i < scorers.size(); i++) {
            scorers.get(i).scorer().chosen(route, chosen);
        }
        route.chosen(chosen);
        return route.engine(chosen);
    }

    private void apply(Filter filter) {
        int count = route.count();
        boolean keepsAny = false;
        Arrays.fill(keep, 0, count, false);
        filter.mark(route, keep);
        for (int i = 0; i < count; i++) {
            keepsAny |= keep[i];
        }
        if (keepsAny) {
            route.keep(keep);
        }
    }

    private double[] totals() {
        int count = route.count();
        Arrays.fill(totals, 0, count, 0);
        for (int i = 0; i < scorers.size(); i++) {
            Weighted weighted = scorers.get(i);
            weighted.scorer().score(route, scores);
            for (int j = 0; j < count; j++) {
                totals[j] += weighted.weight() * scores[j];
            }
        }
        return totals;
    }
}
