package io.sagebench.benchmark.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.sagebench.inference.NativeLibraries;
import io.sagebench.live.monitor.ClockCheck;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What this machine gives to whoever measures from it.
final class MachineChecks {
    private static final int LEAST_JAVA = 25;
    private static final double MEGABYTE = 1 << 20;
    private static final double LITTLE_FREE_MB = 1024;
    private static final double LITTLE_HEAP_MB = 400;
    private static final long FEW_DESCRIPTORS = 4096;
    private static final double COARSE_CLOCK_MICROS = 10;
    private static final double LATE_TIMER_MILLIS = 2;
    private static final double VERY_LATE_TIMER_MILLIS = 10;

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(java(Runtime.version().feature()));
        findings.add(cores(Runtime.getRuntime().availableProcessors()));
        findings.add(memory());
        findings.add(descriptors());
        findings.add(clock());
        findings.add(timer());
        findings.add(library("tokenizers", NativeLibraries.problemWithTokenizers(), "prompts have estimated lengths"));
        findings.add(library("CPU inference", NativeLibraries.problemWithModels(), "'engine run --backend cpu' does not work"));
        return findings;
    }

    private static Finding java(int feature) {
        String found = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
        return feature >= LEAST_JAVA ? Finding.ok("Java", found) : Finding.fail("Java", found, "install Java " + LEAST_JAVA + " or newer");
    }

    static Finding cores(int cores) {
        return cores > 1
                ? Finding.ok("cores", Integer.toString(cores))
                : Finding.warn("cores", "1", "load generator and target share it when both run here: measure from another machine, or at low rates");
    }

    private static Finding memory() {
        double heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return Finding.warn("memory", String.format(Locale.ROOT, "heap of at most %.0f MiB; the machine does not tell its own", heap), "");
        }
        return memory(system.getTotalMemorySize() / MEGABYTE, system.getFreeMemorySize() / MEGABYTE, heap);
    }

    /// Free memory that holds copies of files counts as used here, so little of it is no failure.
    static Finding memory(double totalMb, double freeMb, double heapMb) {
        String found = String.format(Locale.ROOT, "%.0f MiB, %.0f MiB free, heap of at most %.0f MiB", totalMb, freeMb, heapMb);
        if (heapMb < LITTLE_HEAP_MB) {
            return Finding.warn("memory", found, "give Java more: JAVA_TOOL_OPTIONS=-Xmx1g");
        }
        return totalMb < LITTLE_FREE_MB ? Finding.warn("memory", found, "runs of many thousand streams need a GiB") : Finding.ok("memory", found);
    }

    private static Finding descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? descriptors(unix.getMaxFileDescriptorCount())
                : Finding.ok("file descriptors", "this system tells no limit");
    }

    static Finding descriptors(long limit) {
        String found = "limit " + limit + ", about as many requests in flight";
        return limit < FEW_DESCRIPTORS
                ? Finding.warn("file descriptors", found, "raise it in the shell before a run with more: ulimit -n 65536")
                : Finding.ok("file descriptors", found);
    }

    private static Finding clock() {
        double micros = ClockCheck.resolutionNanos() / 1e3;
        String found = String.format(Locale.ROOT, "resolution %.3f us", micros);
        return micros <= COARSE_CLOCK_MICROS
                ? Finding.ok("clock", found)
                : Finding.warn("clock", found, "short latencies are no more exact than that: look for a better clock source of the system");
    }

    private static Finding timer() {
        ClockCheck.Lateness late = ClockCheck.timerLateness();
        return timer(late.p50Nanos() / 1e6, late.maxNanos() / 1e6);
    }

    static Finding timer(double p50Millis, double maxMillis) {
        String found = String.format(Locale.ROOT, "wakes %.2f ms late (p50), %.2f ms at most", p50Millis, maxMillis);
        if (p50Millis > VERY_LATE_TIMER_MILLIS) {
            return Finding.fail("timer", found, "requests would leave late: the machine is overloaded, or sleeps too deep");
        }
        return p50Millis > LATE_TIMER_MILLIS || maxMillis > 10 * LATE_TIMER_MILLIS
                ? Finding.warn("timer", found, "other work on this machine disturbs what is measured: end it, or measure from another machine")
                : Finding.ok("timer", found);
    }

    private static Finding library(String what, Optional<String> problem, String consequence) {
        return problem.map(why -> Finding.warn(what, "not available: " + why, consequence)).orElseGet(() -> Finding.ok(what, "available"));
    }
}
