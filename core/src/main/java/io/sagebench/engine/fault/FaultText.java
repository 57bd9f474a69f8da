package io.sagebench.engine.fault;

import io.sagebench.engine.EngineId;
import io.sagebench.time.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads faults as people write them: `KIND[:ARGUMENT,...][@RATE]`, several separated by commas, for example
/// `error:rate_limit@5%,slow:3x@0.1,crash:at=30s,for=10s`. [FaultRule#text] writes them.
public final class FaultText {
    /// The forms there are, for help and messages.
    public static final List<String> FORMS = List.of(
            "delay:200ms",
            "error:503",
            "error:rate_limit",
            "reset",
            "reset:after=5",
            "hang",
            "hang:after=5",
            "slow:3x",
            "slow:200ms",
            "truncate:after=10",
            "stream-error:after=10",
            "crash:for=10s",
            "crash:at=30s,for=10s",
            "crash:every=60s,for=10s");

    private static final String NONE = "none";
    private static final Set<String> KINDS = new TreeSet<>(
            Set.of("delay", "error", "reset", "hang", "slow", "truncate", "stream-error", "crash"));
    private static final Pattern ARGUMENT = Pattern.compile("\\s*([a-z]+)\\s*=\\s*(\\S*)\\s*");
    private static final Pattern RULE = Pattern.compile("\\s*([a-z-]+)\\s*(?:[:,]([^@]*))?(?:@(.*))?");
    private static final Pattern RATE = Pattern.compile("(\\d*\\.?\\d+)(%?)");
    private static final Pattern FACTOR = Pattern.compile("(\\d*\\.?\\d+)x");
    private static final int MOST_TOKENS = 100_000_000;
    private static final long LONGEST_NANOS = 86_400_000_000_000L;

    private final String text;
    private final List<String> problems;
    private final Map<String, String> named = new LinkedHashMap<>();
    private @Nullable String plain;

    private FaultText(String text, List<String> problems) {
        this.text = text.strip();
        this.problems = problems;
    }

    /// Reads a plan: faults without a rate strike every request. `none` is a plan in which nothing goes wrong.
    public static FaultReading plan(String text) {
        return plan(List.of(text));
    }

    /// Reads a plan whose faults are given one by one, or several in a text.
    public static FaultReading plan(List<String> texts) {
        var problems = new ArrayList<String>();
        var rules = new ArrayList<FaultRule>();
        for (String text : texts) {
            if (!text.strip().equals(NONE)) {
                split(text).forEach(piece -> new FaultText(piece, problems).rule(true).ifPresent(rules::add));
            }
        }
        return reading(rules, problems);
    }

    /// Reads the faults that one request asks for: without rates, times and engines.
    public static FaultReading hint(String text) {
        var problems = new ArrayList<String>();
        var rules = new ArrayList<FaultRule>();
        if (!text.strip().equals(NONE)) {
            split(text).forEach(piece -> new FaultText(piece, problems).rule(false).ifPresent(rules::add));
        }
        return reading(rules, problems);
    }

    private static FaultReading reading(List<FaultRule> rules, List<String> problems) {
        return problems.isEmpty() ? new FaultReading.Read(new FaultPlan(rules)) : new FaultReading.Wrong(problems);
    }

    /// The faults of a list; `name=value` belongs to the fault before it.
    private static List<String> split(String text) {
        var pieces = new ArrayList<String>();
        for (String piece : text.split(",", -1)) {
            if (!pieces.isEmpty() && piece.contains("=") && !piece.substring(0, piece.indexOf('=')).contains(":")) {
                pieces.add(pieces.removeLast() + "," + piece);
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private Optional<FaultRule> rule(boolean inPlan) {
        Matcher parts = RULE.matcher(text);
        if (!parts.matches() || !KINDS.contains(parts.group(1))) {
            return wrong((text.isEmpty() ? "a fault is missing" : "unknown fault '" + text + "'") + "; there are "
                    + String.join(", ", KINDS) + ", written like error:503@2% or crash:at=30s,for=10s");
        }
        String kind = parts.group(1);
        if (!arguments(parts.group(2)) || !(inPlan ? isPlanned(kind, parts.group(3)) : isHint(parts.group(3)))) {
            return Optional.empty();
        }
        Optional<FaultRule.When> when = kind.equals("crash") && isTimed() ? times() : share(parts.group(3));
        Optional<EngineId> engine = Optional.ofNullable(named.remove("engine")).map(EngineId::new);
        Optional<Fault> fault = fault(kind);
        if (fault.isEmpty() || when.isEmpty()) {
            return Optional.empty();
        }
        if (!named.isEmpty() || plain != null) {
            String extra = plain == null ? named.keySet().iterator().next() + "=" : plain;
            return wrong("'" + text + "': " + kind + " takes no '" + extra + "'; write it like " + formsOf(kind));
        }
        return Optional.of(new FaultRule(fault.get(), when.get(), engine));
    }

    /// Takes the arguments apart.
    private boolean arguments(@Nullable String list) {
        if (list == null) {
            return true;
        }
        for (String piece : list.split(",", -1)) {
            Matcher parts = ARGUMENT.matcher(piece);
            if (parts.matches()) {
                if (parts.group(2).isEmpty() || named.put(parts.group(1), parts.group(2)) != null) {
                    wrong("'" + text + "': " + parts.group(1) + " must be given once, with a value");
                    return false;
                }
            } else if (plain == null && named.isEmpty() && !piece.isBlank()) {
                plain = piece.strip();
            } else {
                wrong("'" + text + "': expected NAME=VALUE after the comma or ':', but found '" + piece + "'");
                return false;
            }
        }
        return true;
    }

    private boolean isPlanned(String kind, @Nullable String rate) {
        if (kind.equals("crash") && isTimed() == (rate != null)) {
            wrong("'" + text + "': a crash needs either a time (at=30s, every=60s) or the share of requests that cause it (@0.1%)");
            return false;
        }
        return true;
    }

    private boolean isHint(@Nullable String rate) {
        if (rate != null || isTimed() || named.containsKey("engine")) {
            wrong("'" + text + "': a fault of one request has no rate, no time and no engine");
            return false;
        }
        return true;
    }

    private boolean isTimed() {
        return named.containsKey("at") || named.containsKey("every");
    }

    private Optional<FaultRule.When> times() {
        boolean repeats = named.containsKey("every");
        Optional<Duration> every = repeats ? time("every") : Optional.empty();
        Optional<Duration> first = named.containsKey("at") ? time("at") : every;
        return repeats && every.isEmpty() ? Optional.empty() : first.map(at -> new FaultRule.At(at, every));
    }

    private Optional<FaultRule.When> share(@Nullable String rate) {
        if (rate == null) {
            return Optional.of(FaultRule.Share.ALL);
        }
        Matcher parts = RATE.matcher(rate.strip());
        if (parts.matches()) {
            BigDecimal number = new BigDecimal(parts.group(1));
            double share = (parts.group(2).isEmpty() ? number : number.movePointLeft(2)).doubleValue();
            if (share <= 1) {
                return Optional.of(new FaultRule.Share(share));
            }
        }
        return wrong("'" + text + "': the rate after '@' must be a percentage such as 2%, or a share from 0 to 1, but is '" + rate + "'");
    }

    private Optional<Fault> fault(String kind) {
        return switch (kind) {
            case "delay" -> time(takePlain("a time")).map(Fault.Delay::new);
            case "error" -> error();
            case "slow" -> slow();
            case "reset" -> tokens(0).map(Fault.Reset::new);
            case "hang" -> tokens(0).map(Fault.Hang::new);
            case "truncate" -> tokens(1).map(Fault.Truncation::new);
            case "stream-error" -> tokens(1).map(Fault.StreamError::new);
            case "crash" -> named.containsKey("for")
                    ? time("for").map(Fault.Crash::new)
                    : wrong("'" + text + "': a crash must say for how long the engine is down, such as for=10s");
            default -> throw new IllegalStateException("no such kind: " + kind);
        };
    }

    private Optional<Fault> error() {
        String given = takePlain("a status or name").orElse("");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<FaultError> known = FaultError.named(given);
        if (known.isPresent()) {
            return known.map(Fault.Refusal::new);
        }
        if (given.matches("[45]\\d\\d")) {
            return Optional.of(new Fault.Refusal(FaultError.of(Integer.parseInt(given))));
        }
        return wrong("'" + text + "': the error must be a status from 400 to 599 or one of "
                + FaultError.NAMED.stream().map(FaultError::name).collect(Collectors.joining(", ")) + ", but is '" + given + "'");
    }

    private Optional<Fault> slow() {
        Optional<String> given = takePlain("a factor such as 3x, or the least gap such as 200ms");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Matcher factor = FACTOR.matcher(given.get());
        if (!factor.matches()) {
            return time(given).map(gap -> new Fault.Slow(1, gap));
        }
        double times = Double.parseDouble(factor.group(1));
        if (times > 1 && times <= 1e6) {
            return Optional.of(new Fault.Slow(times, Duration.ZERO));
        }
        return wrong("'" + text + "': the factor must be above 1 and at most a million, but is " + factor.group(1));
    }

    private Optional<Integer> tokens(int least) {
        String given = named.remove("after");
        if (given == null) {
            return least == 0
                    ? Optional.of(0)
                    : wrong("'" + text + "' must say after how many tokens, such as after=10");
        }
        if (given.matches("\\d{1,9}") && Integer.parseInt(given) >= least && Integer.parseInt(given) <= MOST_TOKENS) {
            return Optional.of(Integer.parseInt(given));
        }
        return wrong("'" + text + "': after= must be a whole number of tokens of at least " + least + ", but is '" + given + "'");
    }

    private Optional<String> takePlain(String what) {
        String given = plain;
        plain = null;
        return given == null ? wrong("'" + text + "' must have " + what + " after the ':'") : Optional.of(given);
    }

    private Optional<Duration> time(String name) {
        return time(Optional.ofNullable(named.remove(name)));
    }

    private Optional<Duration> time(Optional<String> given) {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong nanos = TimeText.nanos(given.get());
        return nanos.isPresent() && nanos.getAsLong() > 0 && nanos.getAsLong() <= LONGEST_NANOS
                ? Optional.of(Duration.ofNanos(nanos.getAsLong()))
                : wrong("'" + text + "': expected a time above 0 and of at most a day, " + TimeText.EXAMPLES + ", but found '" + given.get() + "'");
    }

    private static String formsOf(String kind) {
        return FORMS.stream().filter(form -> form.split(":", -1)[0].equals(kind)).collect(Collectors.joining(" or "));
    }

    private <T> Optional<T> wrong(String problem) {
        problems.add(problem);
        return Optional.empty();
    }
}
