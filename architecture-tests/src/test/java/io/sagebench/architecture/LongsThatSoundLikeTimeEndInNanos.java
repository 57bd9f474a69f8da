package io.sagebench.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Locale;
import java.util.regex.Pattern;

/// A field of type long whose name speaks of time must end in `Nanos`, or in `NANOS` for a constant.
final class LongsThatSoundLikeTimeEndInNanos extends ArchCondition<JavaClass> {
    private static final Pattern TIME =
            Pattern.compile("(time|latency|delay|duration|wait|deadline|timeout|lag|elapsed|interval)s?(at)?$");

    LongsThatSoundLikeTimeEndInNanos() {
        super("name longs that hold times ...Nanos");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
            String name = field.getName();
            boolean isTime = field.getRawType().isEquivalentTo(long.class)
                    && TIME.matcher(name.toLowerCase(Locale.ROOT)).find();
            if (isTime) {
                events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is a time without a unit"));
            }
        }
    }
}
