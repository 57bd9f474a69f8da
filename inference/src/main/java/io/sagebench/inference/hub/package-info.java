/// Where models come from: what ships, a folder, the Hugging Face cache of this machine, or a hub on the network.
///
/// Start at [ModelFinder]. Blocks on files and sockets; not for a timeline.
@NullMarked
package io.sagebench.inference.hub;

import org.jspecify.annotations.NullMarked;
