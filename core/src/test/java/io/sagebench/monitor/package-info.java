/// Tests of what is summed up of machines.
@NullMarked
package io.sagebench.monitor;

import org.jspecify.annotations.NullMarked;
