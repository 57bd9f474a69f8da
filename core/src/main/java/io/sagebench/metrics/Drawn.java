package io.sagebench.metrics;

import io.sagebench.metrics.Observations.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A figure of a series that can be drawn anew.
interface Drawn {
    /// How many cells the series has.
    int cells();

    /// The figure when each cell is there so many times; not a number when it has none.
    double figure(int[] times);

    /// How each cell pulls the figure up, in a unit of its own, for telling how far cells depend on each other.
    double[] pulls();

    /// The figure of the series as it is.
    default double figure() {
        int[] once = new int[cells()];
        Arrays.fill(once, 1);
        return figure(once);
    }

    /// A mean, a share or a rate.
    record Mean(CellSums sums) implements Drawn {
        @Override
        public int cells() {
            return sums.cells();
        }

        @Override
        public double figure(int[] times) {
            return sums.mean(times);
        }

        @Override
        public double[] pulls() {
            double mean = sums.mean();
            double[] pulls = sums.pulls();
            for (int i = 0; i < pulls.length && mean != 0; i++) {
                pulls[i] /= mean;
            }
            return pulls;
        }
    }

    /// A percentile.
    final class Percentile implements Drawn {
        private final int cells;
        private final double quantile;
        /// Values from the largest to the smallest, and the cell of each.
        private final double[] falling;

        private final int[] cellOf;
        /// How many values each cell has.
        private final int[] inCell;
        private final double[] pulls;

        Percentile(Observations requests, Value value, double quantile) {
            this.cells = requests.cells();
            this.quantile = quantile;
            int[] order = IntStream.range(0, requests.size())
                    .filter(i -> requests.count(value, i) > 0)
                    .boxed()
                    .sorted((i, j) -> Double.compare(requests.sum(value, j), requests.sum(value, i)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            falling = new double[order.length];
            cellOf = new int[order.length];
            inCell = new int[cells];
            for (int i = 0; i < order.length; i++) {
                falling[i] = requests.sum(value, order[i]);
                cellOf[i] = requests.cellOf(order[i]);
                inCell[cellOf[i]]++;
            }
            pulls = exceeding();
        }

        private double[] exceeding() {
            double[] above = new double[cells];
            double limit = figure();
            for (int i = 0; i < falling.length; i++) {
                above[cellOf[i]] += (falling[i] > limit ? 1 : 0) - (1 - quantile);
            }
            return above;
        }

        @Override
        public int cells() {
            return cells;
        }

        /// Interpolated as in [Samples#percentile].
        @Override
        public double figure(int[] times) {
            long count = 0;
            for (int cell = 0; cell < cells; cell++) {
                count += (long) times[cell] * inCell[cell];
            }
            if (count == 0) {
                return Double.NaN;
            }
            double fromTop = (1 - quantile) * (count - 1);
            long above = (long) Math.floor(fromTop);
            double share = fromTop - above;
            double upper = Double.NaN;
            long seen = 0;
            for (int i = 0; i < falling.length; i++) {
                seen += times[cellOf[i]];
                if (Double.isNaN(upper) && seen > above) {
                    upper = falling[i];
                }
                if (seen > above + 1 || (seen > above && (share == 0 || seen == count))) {
                    return upper + share * (falling[i] - upper);
                }
            }
            throw new IllegalStateException("fewer samples than counted");
        }

        @Override
        public double[] pulls() {
            return pulls;
        }
    }
}
