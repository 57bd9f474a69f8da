@NullMarked
package io.sagebench.inference.hub;

import org.jspecify.annotations.NullMarked;
