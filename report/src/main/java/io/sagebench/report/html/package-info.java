/// A results file as one page of HTML that needs nothing else: no network, no other file.
///
/// Start at [io.sagebench.report.html.HtmlReport]. What a page says is a [io.sagebench.report.html.Page], made by one class for each kind of results;
/// how it looks is in the templates under `src/main/jte`, which escape all text, and in `report.css`; what moves is in `report.js`.
@NullMarked
package io.sagebench.report.html;

import org.jspecify.annotations.NullMarked;
