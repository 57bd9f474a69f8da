/// What a policy that schedules token by token needs of a GPU that several models share.
///
/// Start at [io.sagebench.engine.stepped.SteppedEngine].
@NullMarked
package io.sagebench.engine.stepped;

import org.jspecify.annotations.NullMarked;
