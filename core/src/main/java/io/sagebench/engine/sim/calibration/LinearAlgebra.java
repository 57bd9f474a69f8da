package io.sagebench.engine.sim.calibration;

/// What a least-squares fit of a few parameters needs of linear algebra. Matrices are arrays of rows.
final class LinearAlgebra {
    private LinearAlgebra() {}

    static double[][] transposed(double[][] matrix) {
        var result = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int k = 0; k < result.length; k++) {
                result[k][i] = matrix[i][k];
            }
        }
        return result;
    }

    /// The matrix times its own transpose from the left.
    static double[][] gram(double[][] matrix) {
        int size = matrix[0].length;
        var gram = new double[size][size];
        for (double[] row : matrix) {
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < size; k++) {
                    gram[i][k] += row[i] * row[k];
                }
            }
        }
        return gram;
    }

    static double[] transposedTimes(double[][] matrix, double[] vector) {
        var result = new double[matrix[0].length];
        for (int row = 0; row < matrix.length; row++) {
            for (int i = 0; i < result.length; i++) {
                result[i] += matrix[row][i] * vector[row];
            }
        }
        return result;
    }

    /// The inverse of a symmetric matrix, whose diagonal must be above 0.
    static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        var inverse = new double[size][];
        for (int i = 0; i < size; i++) {
            var unit = new double[size];
            unit[i] = 1;
            inverse[i] = solve(matrix, unit);
        }
        return inverse;
    }

    /// Solves `matrix * x = right` by Gauss's elimination with pivots. A direction the matrix says nothing about gets 0.
    static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        var left = new double[size][];
        for (int i = 0; i < size; i++) {
            left[i] = matrix[i].clone();
        }
        double[] rest = right.clone();
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                pivot = Math.abs(left[row][column]) > Math.abs(left[pivot][column]) ? row : pivot;
            }
            double[] swappedRow = left[column];
            left[column] = left[pivot];
            left[pivot] = swappedRow;
            double swapped = rest[column];
            rest[column] = rest[pivot];
            rest[pivot] = swapped;
            for (int row = column + 1; row < size && left[column][column] != 0; row++) {
                double factor = left[row][column] / left[column][column];
                for (int k = column; k < size; k++) {
                    left[row][k] -= factor * left[column][k];
                }
                rest[row] -= factor * rest[column];
            }
        }
        var solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double sum = rest[row];
            for (int k = row + 1; k < size; k++) {
                sum -= left[row][k] * solution[k];
            }
            solution[row] = left[row][row] == 0 ? 0 : sum / left[row][row];
        }
        return solution;
    }
}
