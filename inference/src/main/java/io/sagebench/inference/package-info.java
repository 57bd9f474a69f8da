/// Real models on the CPU: what text is in a model's own tokens, and what a model makes of it.
///
/// Start at [LoadedModel], which reads a model, and [CpuEngine], which runs it; [HfTokenizer] is for texts alone. Touches files and native libraries.
@NullMarked
package io.sagebench.inference;

import org.jspecify.annotations.NullMarked;
