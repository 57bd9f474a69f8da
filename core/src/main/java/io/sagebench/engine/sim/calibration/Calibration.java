package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.calibration.Fitted.Standing;
import io.sagebench.random.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Fits a profile to measured requests, so that the simulated engine, given the same requests at the same times, answers as the measured one did.
///
/// Every other request is looked at; the rest tells how good the fit is. The levels with the least load come first, since the size of the KV
/// cache does not show in them; then the size is searched for, since it acts by steps, and all parameters are fitted together. A parameter of
/// which the load says too little goes back to where it started.
public final class Calibration {
    /// Which requests the fit looks at: half of any that follow each other at regular distances (Thue and Morse's sequence).
    private static final IntPredicate USED = number -> Integer.bitCount(number) % 2 == 0;
    /// How wide differences are taken in each round: wide ones see past the roughness of a replay, narrow ones are exact.
    private static final double[] DIFFERENCES = {3, 1, 0.3, 2, 0.5, 0.1};
    private static final int WIDE_SEARCH = 24;
    private static final int NARROW_SEARCH = 9;
    private static final double EVERYWHERE = 1;
    private static final double NARROWER = 0.4;
    private static final double AROUND = 0.03;
    private static final double TOO_UNSURE = 0.15;
    /// Of a sum of squares in units of the errors to expect: two standard errors.
    private static final double SIGNIFICANT = 4;
    private static final double LITTLE_BETTER = 0.98;
    private static final double GOOD_ENOUGH = 1e-4;
    private static final int HOPS_AT_EASE = 24;
    private static final int AT_EASE = 500;
    private static final int MOST_IN_VAIN = 8;
    private static final double[] JUMPS = {0.3, 0.1, 0.03};

    private final EngineProfile start;
    private final List<LoadLevel> levels;
    private final OptionalInt knownBlocks;
    private final Seed seed;
    private final Consumer<String> progress;
    private final Map<Parameter, Double> values = new EnumMap<>(Parameter.class);
    private final Set<Parameter> held = EnumSet.noneOf(Parameter.class);
    private final Map<Parameter, Double> bestValues = new EnumMap<>(Parameter.class);
    private LeastSquares.@Nullable Minimum best;
    private List<Parameter> bestParameters = List.of();
    private final double leastBlocks;
    private final double mostBlocks;

    /// @param start       where the fit starts, and what it does not change
    /// @param levels      what was measured
    /// @param knownBlocks the size of the KV cache when the server told it
    /// @param seed        for the search
    /// @param progress    is told what goes on, in words
    public Calibration(
            EngineProfile start, List<LoadLevel> levels, OptionalInt knownBlocks, Seed seed, Consumer<String> progress) {
        this.levels = levels.stream().sorted(Comparator.comparingLong(LoadLevel::mostTokens)).toList();
        if (this.levels.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one load level");
        }
        this.start = start;
        this.knownBlocks = knownBlocks;
        this.seed = seed;
        this.progress = progress;
        int blockSize = start.scheduler().blockSize();
        leastBlocks = Math.ceilDiv(this.levels.stream().mapToInt(LoadLevel::longest).max().orElseThrow(), blockSize);
        mostBlocks = Math.max(leastBlocks, (double) Math.ceilDiv(this.levels.getLast().mostTokens(), (long) blockSize));
        for (Parameter parameter : Parameter.values()) {
            values.put(parameter, parameter.startIn(start));
        }
        knownBlocks.ifPresent(blocks -> {
            values.put(Parameter.KV_BLOCKS, (double) blocks);
            held.add(Parameter.KV_BLOCKS);
        });
    }

    /// Does it. Takes some thousand replays of all the requests.
    public CalibrationResult fit() {
        fitLightLoad();
        for (int round = 1; round <= DIFFERENCES.length; round++) {
            progress.accept("fitting, round " + round + " of " + DIFFERENCES.length);
            if (!held.contains(Parameter.KV_BLOCKS)) {
                searchBlocks(round == 1 ? EVERYWHERE : Math.pow(NARROWER, round - 1));
            }
            attempt(DIFFERENCES[round - 1]);
        }
        hop();
        while (hold(mostUnsure())) {
            progress.accept("fitting again, without what the load does not determine");
            best = minimise(levels, free(), 1);
            bestParameters = free();
        }
        return result();
    }

    /// Fits from here, and comes back when that was no better than what is known.
    private boolean attempt(double width) {
        LeastSquares.Minimum known = best;
        LeastSquares.Minimum found = minimise(levels, free(), width);
        boolean isBetter = known == null || found.cost() < known.cost();
        if (isBetter) {
            best = found;
            bestParameters = free();
            bestValues.putAll(values);
        } else {
            values.putAll(bestValues);
        }
        return known == null || found.cost() < known.cost() * LITTLE_BETTER;
    }

    /// Looks for better minima from places near the best one (basin hopping, Wales and Doye, 1997): a replay is rough, and has many.
    private void hop() {
        int requests = levels.stream().mapToInt(level -> level.requests().size()).sum();
        int most = Math.clamp(HOPS_AT_EASE * AT_EASE / requests, 1, HOPS_AT_EASE);
        RandomGenerator chance = seed.child("hops").generator();
        int inVain = 0;
        for (int hop = 1; hop <= most && inVain < MOST_IN_VAIN && costEach() > GOOD_ENOUGH; hop++) {
            if (hop % 4 == 1) {
                progress.accept("looking around, " + hop + " of at most " + most);
            }
            for (Parameter parameter : free()) {
                double jump = parameter == Parameter.KV_BLOCKS ? 0 : chance.nextGaussian() * JUMPS[hop % JUMPS.length];
                values.put(parameter, value(parameter) * Math.exp(jump));
            }
            if (!held.contains(Parameter.KV_BLOCKS)) {
                searchBlocks(AROUND);
            }
            inVain = attempt(DIFFERENCES[hop % DIFFERENCES.length]) ? 0 : inVain + 1;
        }
    }

    /// The mean squared error, in units of the error to expect.
    private double costEach() {
        LeastSquares.Minimum known = best;
        return known == null ? Double.MAX_VALUE : known.cost() / known.observations();
    }

    private void fitLightLoad() {
        int light = (levels.size() + 1) / 2;
        List<Parameter> all = new ArrayList<>(free());
        all.remove(Parameter.KV_BLOCKS);
        double blocks = value(Parameter.KV_BLOCKS);
        if (!held.contains(Parameter.KV_BLOCKS)) {
            values.put(Parameter.KV_BLOCKS, mostBlocks);
        }
        progress.accept("fitting the lighter half of the load");
        List<LoadLevel> alone = levels.stream().filter(level -> level.requests().size() == 1).toList();
        if (alone.size() >= 2 * Parameter.values().length) {
            minimise(alone, all, 1);
        }
        minimise(levels.subList(0, light), all, 1);
        values.put(Parameter.KV_BLOCKS, blocks);
    }

    /// Tries sizes of the KV cache.
    ///
    /// @param share how far from where it is, as a share of it
    private void searchBlocks(double share) {
        boolean everywhere = share == EVERYWHERE;
        double here = Math.clamp(value(Parameter.KV_BLOCKS), leastBlocks, mostBlocks);
        double from = everywhere ? leastBlocks : Math.max(leastBlocks, here * (1 - share));
        double to = everywhere ? mostBlocks : Math.min(mostBlocks, here * (1 + share));
        int tries = everywhere ? WIDE_SEARCH : NARROW_SEARCH;
        double costOfAll = costWithBlocks(mostBlocks);
        double bestBlocks = here;
        double leastCost = costWithBlocks(here);
        for (int i = 0; i < tries; i++) {
            double tried = from * Math.pow(to / from, (double) i / (tries - 1));
            double cost = costWithBlocks(tried);
            if (cost < leastCost) {
                leastCost = cost;
                bestBlocks = tried;
            }
        }
        boolean isSeen = leastCost + SIGNIFICANT < costOfAll;
        if (!everywhere && !isSeen) {
            held.add(Parameter.KV_BLOCKS);
            bestBlocks = Math.max(mostBlocks, start.kvBlocks());
            bestValues.put(Parameter.KV_BLOCKS, bestBlocks);
        }
        values.put(Parameter.KV_BLOCKS, bestBlocks);
    }

    private double costWithBlocks(double blocks) {
        return LeastSquares.sumOfSquares(
                new ReplayErrors(start, levels, USED).of(Parameter.KV_BLOCKS.in(profile(), blocks)));
    }

    private List<Parameter> free() {
        var free = new ArrayList<Parameter>();
        for (Parameter parameter : Parameter.values()) {
            if (!held.contains(parameter)) {
                free.add(parameter);
            }
        }
        return free;
    }

    /// Fits these parameters by their logarithms, and keeps what comes of it.
    private LeastSquares.Minimum minimise(List<LoadLevel> some, List<Parameter> parameters, double width) {
        var errors = new ReplayErrors(start, some, USED);
        int size = parameters.size();
        var from = new double[size];
        var lower = new double[size];
        var upper = new double[size];
        var differences = new double[size];
        for (int i = 0; i < size; i++) {
            Parameter parameter = parameters.get(i);
            double began = parameter.startIn(start);
            from[i] = Math.log(value(parameter));
            lower[i] = Math.log(parameter == Parameter.KV_BLOCKS ? leastBlocks : began * parameter.least());
            upper[i] = Math.log(parameter == Parameter.KV_BLOCKS ? mostBlocks : began * parameter.most());
            differences[i] = parameter.difference() * width;
        }
        var minimum = new LeastSquares(at -> errors.of(profile(parameters, at)), lower, upper, differences).from(from);
        for (int i = 0; i < size; i++) {
            values.put(parameters.get(i), Math.exp(minimum.parameter(i)));
        }
        return minimum;
    }

    private double value(Parameter parameter) {
        return values.getOrDefault(parameter, 1.0);
    }

    private EngineProfile profile() {
        return profile(List.of(), new double[0]);
    }

    private EngineProfile profile(List<Parameter> parameters, double[] logarithms) {
        EngineProfile profile = start;
        for (Parameter parameter : Parameter.values()) {
            int place = parameters.indexOf(parameter);
            profile = parameter.in(profile, place < 0 ? value(parameter) : Math.exp(logarithms[place]));
        }
        return profile;
    }

    private Certainty certainty() {
        LeastSquares.Minimum minimum = best;
        if (minimum == null) {
            throw new IllegalStateException("nothing was fitted");
        }
        return Certainty.of(minimum, bestParameters);
    }

    private Optional<Parameter> mostUnsure() {
        Certainty certainty = certainty();
        return free().stream()
                .filter(parameter -> !(certainty.standardError(parameter) <= TOO_UNSURE))
                .max(Comparator.comparingDouble(certainty::standardError));
    }

    /// Puts a parameter back to where it started, and leaves it there.
    private boolean hold(Optional<Parameter> unsure) {
        unsure.ifPresent(parameter -> {
            held.add(parameter);
            values.put(parameter, parameter.startIn(start));
        });
        return unsure.isPresent() && !free().isEmpty();
    }

    private CalibrationResult result() {
        Certainty certainty = certainty();
        var fitted = new ArrayList<Fitted>();
        for (Parameter parameter : Parameter.values()) {
            boolean isFree = !held.contains(parameter);
            boolean isGiven = parameter == Parameter.KV_BLOCKS && knownBlocks.isPresent();
            fitted.add(new Fitted(
                    parameter,
                    parameter.startIn(start),
                    value(parameter),
                    isFree ? OptionalDouble.of(certainty.standardError(parameter)) : OptionalDouble.empty(),
                    isFree ? Standing.FITTED : isGiven ? Standing.GIVEN : Standing.NOT_DETERMINED));
        }
        EngineProfile profile = Parameter.rounded(profile());
        EngineProfile before = knownBlocks.isPresent() ? start.withKvBlocks(knownBlocks.getAsInt()) : start;
        return new CalibrationResult(
                profile,
                fitted,
                FitError.of(before, levels, USED.negate()),
                FitError.of(profile, levels, USED),
                FitError.of(profile, levels, USED.negate()),
                certainty.entangled(free()));
    }
}
