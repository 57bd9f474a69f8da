/// What this machine and a target can do, before anything is measured.
///
/// Start at [io.sagebench.benchmark.doctor.Doctor].
@NullMarked
package io.sagebench.benchmark.doctor;

import org.jspecify.annotations.NullMarked;
