@NullMarked
package io.sagebench.report.engine.compare;

import org.jspecify.annotations.NullMarked;
