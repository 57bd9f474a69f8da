/// What happened in the last minutes, second by second, for those who watch: cheap to keep, bounded in size, and readable from any thread while others
/// write. Start at [RecentSeconds]. Its percentiles are for watching; what is reported is computed from every sample, see `metrics`.
@NullMarked
package io.sagebench.metrics.recent;

import org.jspecify.annotations.NullMarked;
