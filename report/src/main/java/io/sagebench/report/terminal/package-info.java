/// The forms for a terminal.
@NullMarked
package io.sagebench.report.terminal;

import org.jspecify.annotations.NullMarked;
