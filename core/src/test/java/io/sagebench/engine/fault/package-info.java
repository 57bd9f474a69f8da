@NullMarked
package io.sagebench.engine.fault;

import org.jspecify.annotations.NullMarked;
