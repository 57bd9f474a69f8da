@NullMarked
package io.sagebench.report.engine.rank;

import org.jspecify.annotations.NullMarked;
