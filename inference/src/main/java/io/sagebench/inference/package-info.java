/// Real models on the CPU: what text is in a model's own tokens, and what a model makes of it.
///
/// Start at [HfTokenizer]. Touches files and native libraries; decides nothing about serving.
@NullMarked
package io.sagebench.inference;

import org.jspecify.annotations.NullMarked;
