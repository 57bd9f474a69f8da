/// What the templates under `src/main/jte` are turned into at build time.
@NullMarked
package io.sagebench.report.html.template;

import org.jspecify.annotations.NullMarked;
