/// Tests of what a request is.
@NullMarked
package io.sagebench.request;

import org.jspecify.annotations.NullMarked;
