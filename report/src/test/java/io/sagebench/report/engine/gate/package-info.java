@NullMarked
package io.sagebench.report.engine.gate;

import org.jspecify.annotations.NullMarked;
