@NullMarked
package io.sagebench.loadgen;

import org.jspecify.annotations.NullMarked;
