package io.sagebench.report;

import java.time.Instant;

/// When, where and from which seed a benchmark ran.
///
/// @param id          names this run among others
/// @param seed        everything random followed from it
/// @param startedAt   when the benchmark began, by this machine's clock
/// @param command     the command line, without secrets
/// @param host        the machine that sent the load
/// @param interrupted whether it was stopped before it was done, so that the last policy has fewer requests than asked for
public record RunInfo(String id, long seed, Instant startedAt, String command, Host host, boolean interrupted) {

    /// The machine that sent the load.
    ///
    /// @param os    name, version and architecture
    /// @param cores processors the program could use
    /// @param jvm   name and version of the Java virtual machine
    public record Host(String os, int cores, String jvm) {}
}
