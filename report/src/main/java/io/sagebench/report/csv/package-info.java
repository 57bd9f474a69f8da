/// The CSV forms, for spreadsheets.
@NullMarked
package io.sagebench.report.csv;

import org.jspecify.annotations.NullMarked;
