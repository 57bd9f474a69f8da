/// What the control plane costs as a proxy, beside nginx.
@NullMarked
package io.sagebench.perf.proxy;

import org.jspecify.annotations.NullMarked;
