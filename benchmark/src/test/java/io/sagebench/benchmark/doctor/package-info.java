/// Tests of the doctor.
@NullMarked
package io.sagebench.benchmark.doctor;

import org.jspecify.annotations.NullMarked;
