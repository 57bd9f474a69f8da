/// The dependency rules of the design, checked against the compiled classes of every module.
@NullMarked
package io.sagebench.architecture;

import org.jspecify.annotations.NullMarked;
