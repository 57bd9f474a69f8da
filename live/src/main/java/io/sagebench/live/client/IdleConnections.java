package io.sagebench.live.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop that wait for a request. The one used last is taken first: the server is least likely to close it.
/// There is no limit to how many.
final class IdleConnections {
    private final List<Connection> idle = new ArrayList<>();

    /// Keeps a connection for the next request.
    void add(Connection connection) {
        connection.idleAt(idle.size());
        idle.add(connection);
    }

    /// Takes out the one used last; null when there is none.
    @Nullable Connection take() {
        while (!idle.isEmpty()) {
            Connection last = idle.removeLast();
            last.idleAt(-1);
            if (last.isUsable()) {
                return last;
            }
        }
        return null;
    }

    /// Forgets a connection that was closed; harmless when it is not idle.
    void remove(Connection connection) {
        int hole = connection.idlePlace();
        if (hole < 0) {
            return;
        }
        connection.idleAt(-1);
        Connection last = idle.removeLast();
        if (last != connection) {
            idle.set(hole, last);
            last.idleAt(hole);
        }
    }

    int size() {
        return idle.size();
    }
}
