@NullMarked
package io.sagebench.time;

import org.jspecify.annotations.NullMarked;
