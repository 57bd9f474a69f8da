/// Measures our own speed and accuracy. Run by the scripts beside this module; nothing here is shipped.
@NullMarked
package io.sagebench.perf;

import org.jspecify.annotations.NullMarked;
