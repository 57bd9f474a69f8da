@NullMarked
package io.sagebench.engine.sim.embedding;

import org.jspecify.annotations.NullMarked;
