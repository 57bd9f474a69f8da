package io.sagebench.live.server;

import java.util.List;
import java.util.Map;

/// What of a running engine can be looked at and changed by `GET` and `POST /admin/config`. Called on the timeline.
public interface Adjustable {
    /// Nothing.
    Adjustable NOTHING = new Adjustable() {
        @Override
        public Map<String, Object> settings() {
            return Map.of();
        }

        @Override
        public List<String> adjust(Map<String, Object> changes) {
            return List.of("nothing of this engine can be changed while it runs");
        }
    };

    /// All settings by name, as JSON values.
    Map<String, Object> settings();

    /// Changes some settings, all or none.
    ///
    /// @param changes new values by name, as read from JSON
    /// @return what is wrong with them, a line each that names the setting; when empty, they are in force
    List<String> adjust(Map<String, Object> changes);
}
