/// The JSON forms: the report, and the file with one record a line.
@NullMarked
package io.sagebench.report.json;

import org.jspecify.annotations.NullMarked;
