/// Programs that use the Java API, each a class with a `main`. `examples/README.md` says how to run them.
@NullMarked
package io.sagebench.examples;

import org.jspecify.annotations.NullMarked;
