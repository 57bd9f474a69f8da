/// What client and servers share of the network: the choice of [io.sagebench.live.net.Transport].
@NullMarked
package io.sagebench.live.net;

import org.jspecify.annotations.NullMarked;
