package io.sagebench.live.monitor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;

/// NVML, called directly. Its functions return 0, or a number that says what went wrong; whoever calls it is one thread at a time.
///
/// See the NVML API reference. The structures used: `nvmlUtilization_t {unsigned gpu, memory}` and
/// `nvmlMemory_t {unsigned long long total, free, used}`.
final class NativeNvml implements NvmlLibrary {
    /// The name the driver's library has on Linux.
    static final String LIBRARY = "libnvidia-ml.so.1";

    private static final int SUCCESS = 0;
    private static final int TEXT_BYTES = 96; // NVML_DEVICE_NAME_V2_BUFFER_SIZE and NVML_DEVICE_UUID_V2_BUFFER_SIZE
    private static final int GPU_SENSOR = 0; // NVML_TEMPERATURE_GPU
    private static final long UTILIZATION_GPU_AT = 0;
    private static final long MEMORY_TOTAL_AT = 0;
    private static final long MEMORY_USED_AT = 2 * JAVA_LONG.byteSize();
    private static final double PER_UNIT_OF_MILLI = 1e3;

    private final Arena arena = Arena.ofShared();
    private final SymbolLookup symbols;
    private final MemorySegment[] handles;
    /// Room for the largest answer.
    private final MemorySegment answer = arena.allocate(TEXT_BYTES, JAVA_LONG.byteAlignment());
    private final Optional<MethodHandle> nameOf;
    private final Optional<MethodHandle> uuidOf;
    private final Optional<MethodHandle> utilizationOf;
    private final Optional<MethodHandle> memoryOf;
    private final Optional<MethodHandle> temperatureOf;
    private final Optional<MethodHandle> powerOf;
    private final Optional<MethodHandle> energyOf;

    /// There is no such library, or it does not work.
    static final class NoNvml extends Exception {
        private static final long serialVersionUID = 1;

        NoNvml(String message) {
            super(message);
        }
    }

    /// Loads the library and begins to use it.
    ///
    /// @param library its name or path
    /// @throws NoNvml when it is not there, or says why it does not work
    @SuppressWarnings("restricted") // native access is what this class is for
    NativeNvml(String library) throws NoNvml {
        boolean isOpen = false;
        try {
            symbols = SymbolLookup.libraryLookup(library, arena);
            MethodHandle init = function("nvmlInit_v2").orElseThrow(() -> new NoNvml(library + " has no nvmlInit_v2: it is no NVML"));
            int began = call(init);
            if (began != SUCCESS) {
                throw new NoNvml("NVML does not start: " + error(began));
            }
            nameOf = function("nvmlDeviceGetName", ADDRESS, ADDRESS, JAVA_INT);
            uuidOf = function("nvmlDeviceGetUUID", ADDRESS, ADDRESS, JAVA_INT);
            utilizationOf = function("nvmlDeviceGetUtilizationRates", ADDRESS, ADDRESS);
            memoryOf = function("nvmlDeviceGetMemoryInfo", ADDRESS, ADDRESS);
            temperatureOf = function("nvmlDeviceGetTemperature", ADDRESS, JAVA_INT, ADDRESS);
            powerOf = function("nvmlDeviceGetPowerUsage", ADDRESS, ADDRESS);
            energyOf = function("nvmlDeviceGetTotalEnergyConsumption", ADDRESS, ADDRESS);
            handles = handles();
            isOpen = true;
        } catch (IllegalArgumentException _) {
            throw new NoNvml("there is no " + library + ": no NVIDIA driver is installed, or it is not visible here");
        } finally {
            if (!isOpen) {
                arena.close();
            }
        }
    }

    private MemorySegment[] handles() throws NoNvml {
        MethodHandle count = function("nvmlDeviceGetCount_v2", ADDRESS).orElseThrow(() -> new NoNvml("NVML cannot count devices"));
        MethodHandle handleOf = function("nvmlDeviceGetHandleByIndex_v2", JAVA_INT, ADDRESS)
                .orElseThrow(() -> new NoNvml("NVML cannot find devices"));
        int counted = call(count, answer);
        if (counted != SUCCESS) {
            throw new NoNvml("NVML cannot count devices: " + error(counted));
        }
        var found = new ArrayList<MemorySegment>();
        String refused = "";
        int devices = answer.get(JAVA_INT, 0);
        for (int i = 0; i < devices; i++) {
            int status = call(handleOf, i, answer);
            if (status == SUCCESS) {
                found.add(answer.get(ADDRESS, 0));
            } else { // lost, or another's
                refused = "NVML does not give device " + i + ": " + error(status);
            }
        }
        if (found.isEmpty() && !refused.isEmpty()) {
            throw new NoNvml(refused);
        }
        return found.toArray(MemorySegment[]::new);
    }

    /// A function that returns a status; absent when this library lacks it, as older ones do.
    @SuppressWarnings("restricted")
    private Optional<MethodHandle> function(String name, MemoryLayout... parameters) {
        return symbols.find(name).map(symbol -> Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, parameters)));
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error bug) {
            throw bug;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible); // native functions throw nothing
        }
    }

    @SuppressWarnings("restricted")
    private String error(int status) {
        Optional<MethodHandle> errorString = symbols.find("nvmlErrorString")
                .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(ADDRESS, JAVA_INT)));
        try {
            if (errorString.isPresent() && errorString.get().invokeWithArguments(status) instanceof MemorySegment text && text.address() != 0) {
                return text.reinterpret(Long.MAX_VALUE).getString(0) + " (" + status + ")";
            }
        } catch (RuntimeException | Error bug) {
            throw bug;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        return "status " + status;
    }

    @Override
    public String driverVersion() {
        return function("nvmlSystemGetDriverVersion", ADDRESS, JAVA_INT).map(version -> text(call(version, answer, TEXT_BYTES))).orElse("");
    }

    @Override
    public int deviceCount() {
        return handles.length;
    }

    @Override
    public String name(int device) {
        return nameOf.map(function -> text(call(function, handles[device], answer, TEXT_BYTES))).orElse("");
    }

    @Override
    public String uuid(int device) {
        return uuidOf.map(function -> text(call(function, handles[device], answer, TEXT_BYTES))).orElse("");
    }

    private String text(int status) {
        return status == SUCCESS ? answer.getString(0) : "";
    }

    @Override
    public OptionalDouble utilizationPercent(int device) {
        return told(utilizationOf, device) ? OptionalDouble.of(unsigned(UTILIZATION_GPU_AT)) : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble memoryUsedBytes(int device) {
        return told(memoryOf, device) ? OptionalDouble.of((double) answer.get(JAVA_LONG, MEMORY_USED_AT)) : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble memoryTotalBytes(int device) {
        return told(memoryOf, device) ? OptionalDouble.of((double) answer.get(JAVA_LONG, MEMORY_TOTAL_AT)) : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble temperatureCelsius(int device) {
        return temperatureOf.filter(function -> call(function, handles[device], GPU_SENSOR, answer) == SUCCESS).isPresent()
                ? OptionalDouble.of(unsigned(0))
                : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble powerWatts(int device) {
        return told(powerOf, device) ? OptionalDouble.of(unsigned(0) / PER_UNIT_OF_MILLI) : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble energyJoules(int device) {
        return told(energyOf, device) ? OptionalDouble.of(answer.get(JAVA_LONG, 0) / PER_UNIT_OF_MILLI) : OptionalDouble.empty();
    }

    /// Whether a function put its answer where it belongs.
    private boolean told(Optional<MethodHandle> function, int device) {
        return function.isPresent() && call(function.get(), handles[device], answer) == SUCCESS;
    }

    private double unsigned(long offset) {
        return Integer.toUnsignedLong(answer.get(JAVA_INT, offset));
    }

    @Override
    public void close() {
        function("nvmlShutdown").ifPresent(NativeNvml::call);
        arena.close();
    }
}
