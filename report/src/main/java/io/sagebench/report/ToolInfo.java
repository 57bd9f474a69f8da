package io.sagebench.report;

/// The program that measured.
///
/// @param name    what it is called
/// @param version its release
/// @param commit  the revision of its sources; `unknown` when it was not built from a repository
public record ToolInfo(String name, String version, String commit) {}
