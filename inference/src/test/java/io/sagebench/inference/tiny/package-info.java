/// Makes the tiny models that ship with the program, and computes them once more without a runtime.
///
/// Start at [io.sagebench.inference.tiny.TinyModels].
@NullMarked
package io.sagebench.inference.tiny;

import org.jspecify.annotations.NullMarked;
