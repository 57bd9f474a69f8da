/// Tests of pages in a real browser, Debian's chromium without a window. Screenshots for a person to look at go to `target/screenshots/`.
///
/// Start at [io.sagebench.browser.Browser]; a test class that needs one says [io.sagebench.browser.NeedsBrowser].
@NullMarked
package io.sagebench.browser;

import org.jspecify.annotations.NullMarked;
