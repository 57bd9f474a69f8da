package io.sagebench.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Tests that are left out where there is no chromium; with `SAGE_BROWSER_TESTS=1`, which `./verify` sets, they then fail instead.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
@interface NeedsBrowser {
    /// Decides it.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Browser.missing().isEmpty()) {
                return ConditionEvaluationResult.enabled("there is a browser");
            }
            String why = Browser.missing().get() + "; apt-get install chromium chromium-driver brings it";
            return "1".equals(System.getenv("SAGE_BROWSER_TESTS"))
                    ? ConditionEvaluationResult.enabled("demanded with SAGE_BROWSER_TESTS=1, though " + why)
                    : ConditionEvaluationResult.disabled(why);
        }
    }
}
