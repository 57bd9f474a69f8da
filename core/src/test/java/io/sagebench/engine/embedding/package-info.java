@NullMarked
package io.sagebench.engine.embedding;

import org.jspecify.annotations.NullMarked;
