/// What is asked: the plan of a run, its lengths, models, priorities and prompt texts.
///
/// Start at [io.sagebench.workload.Plan]; [io.sagebench.workload.MixedWorkload] merges several streams into one. A plan is lazy, and the same seed always gives the same plan.
@NullMarked
package io.sagebench.workload;

import org.jspecify.annotations.NullMarked;
