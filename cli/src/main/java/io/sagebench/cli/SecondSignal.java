package io.sagebench.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/// Ends the process at once when it is asked again while it is ending. The JVM by itself hears nothing more once its shutdown hooks run.
///
/// Only `sun.misc.Signal` tells of signals, in a module that every JDK has (`jdk.unsupported`). javac warns of it whatever one does, so it is found
/// at run time; where it is missing, a second request has no effect.
final class SecondSignal {
    private static final int SIGNALLED = 128;

    private SecondSignal() {}

    /// From now on Ctrl-C and a polite request to end (SIGTERM) end the process without waiting for anything.
    static void endsAtOnce() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            var number = signal.getMethod("getNumber");
            Object halting = Proxy.newProxyInstance(
                    SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, (_, called, arguments) -> {
                        if (called.getName().equals("handle")) {
                            Runtime.getRuntime().halt(SIGNALLED + (int) number.invoke(arguments[0]));
                        }
                        return null;
                    });
            for (String name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), halting);
            }
        } catch (ReflectiveOperationException _) {
            // a system without these signals, or a JVM that was told to leave them alone (-Xrs): the drain limit ends it then
        }
    }
}
