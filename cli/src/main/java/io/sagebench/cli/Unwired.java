package io.sagebench.cli;

import io.sagebench.benchmark.Serving;

/// Stands where the servers will be connected.
final class Unwired implements Serving {
    private static final Served NOT_HERE = new Served.CouldNotServe("this build has no servers");

    @Override
    public Served controlPlane(ControlPlaneServerConfig config) {
        return NOT_HERE;
    }

    @Override
    public Served mockEngine(MockEngineConfig config) {
        return NOT_HERE;
    }
}
