package io.sagebench.statistics;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Draws a series anew, in whole blocks of neighbours so that what depends on each other stays together: the circular block bootstrap (Politis and
/// Romano, 1992). A drawing is told as how often it has each cell of the series, so that one drawing serves means, ratios and percentiles, of one
/// series or of two that are paired.
public final class BlockBootstrap {
    /// Drawings unless said otherwise: a standard error is then known to `1 / sqrt(2 * 400)`, 3.5 %; 200 are usual (Efron and Tibshirani, 1993, 6.4).
    public static final int DRAWINGS = 400;

    private final int cells;
    private final int blockLength;
    private final Seed seed;

    /// @param cells       how many cells the series has
    /// @param blockLength how many neighbouring cells stay together
    /// @param seed        of the drawings
    public BlockBootstrap(int cells, int blockLength, Seed seed) {
        Check.atLeast(1, cells, "cells");
        Check.atLeast(1, blockLength, "blockLength");
        this.cells = cells;
        this.blockLength = Math.min(blockLength, cells);
        this.seed = seed;
    }

    /// A figure of a drawing.
    @FunctionalInterface
    public interface Figure {
        /// @param times how often the drawing has each cell; not to be kept
        double of(int[] times);
    }

    /// The figure of each of many drawings.
    public double[] figures(int drawings, Figure figure) {
        SplittableRandom random = seed.generator();
        double[] figures = new double[drawings];
        int[] times = new int[cells];
        for (int i = 0; i < drawings; i++) {
            draw(random, times);
            figures[i] = figure.of(times);
        }
        return figures;
    }

    /// The standard error of a figure: the standard deviation over drawings. Not a number when the figure is not one for some drawing.
    public double standardError(Figure figure) {
        double[] figures = figures(DRAWINGS, figure);
        double offset = figures[0]; // so that equal figures have no spread at all
        double sum = 0;
        double squares = 0;
        for (double value : figures) {
            sum += value - offset;
            squares += (value - offset) * (value - offset);
        }
        double variance = (squares - sum * sum / figures.length) / (figures.length - 1);
        return variance < 0 ? 0 : Math.sqrt(variance);
    }

    /// As many cells as there are, in blocks that begin anywhere and go on at the beginning after the end; the last block is cut.
    private void draw(SplittableRandom random, int[] times) {
        Arrays.fill(times, 0);
        for (int drawn = 0; drawn < cells; drawn += blockLength) {
            int begin = random.nextInt(cells);
            int length = Math.min(blockLength, cells - drawn);
            for (int i = begin; i < Math.min(cells, begin + length); i++) {
                times[i]++;
            }
            for (int i = 0; i < begin + length - cells; i++) {
                times[i]++;
            }
        }
    }
}
