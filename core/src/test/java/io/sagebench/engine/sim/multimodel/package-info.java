@NullMarked
package io.sagebench.engine.sim.multimodel;

import org.jspecify.annotations.NullMarked;
