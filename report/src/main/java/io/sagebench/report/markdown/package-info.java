/// Markdown as GitHub shows it, safe whatever the texts hold.
@NullMarked
package io.sagebench.report.markdown;

import org.jspecify.annotations.NullMarked;
