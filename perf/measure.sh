# Sourced by the scripts beside it: builds what they measure and defines `measure MAIN ARGS...`, which runs a class on a JDK 25.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

find_java() {
    local home version
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        [ -x "$home/bin/java" ] || continue
        version=$("$home/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
        if [ "${version%%.*}" -ge 25 ] 2>/dev/null; then
            printf '%s\n' "$home/bin/java"
            return
        fi
    done
    echo "no JDK 25 found; set JAVA_HOME to one" >&2
    return 1
}

java=$(find_java)
mvn -q -f "$root/pom.xml" -pl perf -am -DskipTests process-classes
class_path="$root/perf/target/classes:$(cat "$root/perf/target/class-path")"

measure() {
    "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${JAVA_FLAGS:-} -cp "$class_path" "$@"
}
