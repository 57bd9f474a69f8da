package io.sagebench.metrics;

/// How evenly service was shared between those that asked for it.
///
/// Service is counted in the tokens of the Virtual Token Counter (Sheng et al., OSDI 2024): a prompt token counts 1, an output token 2, and only of
/// requests that met their service level. Each one's *fair share* is its part when all that was served is divided max-min fairly: nobody gets more
/// than asked for, and nobody less than another who got more. Its *satisfaction* is its service divided by its fair share.
///
/// @param jain              Jain's index of the satisfactions, `(sum x)^2 / (n * sum x^2)`: 1 when all are equal, 1/n when one gets everything
///                          (Jain, Chiu, Hawe 1984)
/// @param worstSatisfaction the smallest of them, at most 1
/// @param largestGapTokens  by how many weighted tokens somebody's service stayed below the fair share, at most
public record Fairness(double jain, double worstSatisfaction, double largestGapTokens) {}
