/// The scheduling gateway: admission, queueing, dispatch to engines, and the books it keeps.
///
/// Start at [io.sagebench.controlplane.ControlPlane]. It sees policies and engines only through their interfaces.
@NullMarked
package io.sagebench.controlplane;

import org.jspecify.annotations.NullMarked;
