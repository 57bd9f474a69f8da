/// Parts that tests of several kinds of engine share.
@NullMarked
package io.sagebench.engine;

import org.jspecify.annotations.NullMarked;
