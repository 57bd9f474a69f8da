/// The files for people that belong to a results file: a page, a text and pictures.
///
/// Start at [io.sagebench.report.visual.Visuals].
@NullMarked
package io.sagebench.report.visual;

import org.jspecify.annotations.NullMarked;
