package io.sagebench.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which part may know which: the rules of the design.
class DependencyRulesTest {
    private static final String[] CORE = {
        "io.sagebench.time..", "io.sagebench.random..", "io.sagebench.request..", "io.sagebench.workload..",
        "io.sagebench.arrival..", "io.sagebench.loadgen..", "io.sagebench.controlplane..", "io.sagebench.policy..",
        "io.sagebench.engine..", "io.sagebench.journal..", "io.sagebench.metrics..",
        "io.sagebench.statistics..", "io.sagebench.monitor..",
    };
    /// Parts that policies are made of, and so no families.
    private static final String[] POLICY_PARTS = {
        "io.sagebench.policy.queue..", "io.sagebench.policy.placement..", "io.sagebench.policy.routing..",
    };

    private static JavaClasses all;

    @BeforeAll
    static void load() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.sagebench");
    }

    @Test
    void looksAtEveryModule() {
        for (String root : new String[] {"time", "live.clock", "inference", "report", "benchmark", "cli"}) {
            assertThat(all).anyMatch(type -> type.getPackageName().startsWith("io.sagebench." + root));
        }
    }

    @Test
    void coreDependsOnTheJdkHdrHistogramAndJSpecifyOnly() {
        classes().that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                        .or(resideInAnyPackage("java.lang..", "java.util..", "java.time..", "java.nio.charset..", "java.math.."))
                        .or(resideInAnyPackage("org.HdrHistogram..", "org.jspecify..")))
                .check(all);
    }

    @Test
    void coreHasNoClockThreadOrUnseededChance() {
        noClasses().that()
                .resideInAnyPackage(CORE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.util.SplittableRandom.class)
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.util.concurrent.locks..")
                        .or(assignableTo(Thread.class))
                        .or(assignableTo(java.util.concurrent.Executor.class))
                        .or(assignableTo(java.util.concurrent.ThreadLocalRandom.class)))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(all);
    }

    @Test
    void loadGeneratorAndControlPlaneDoNotKnowEachOther() {
        noClasses().that().resideInAPackage("io.sagebench.loadgen..").should().dependOnClassesThat(resideInAPackage("io.sagebench.controlplane..")).check(all);
        noClasses().that().resideInAPackage("io.sagebench.controlplane..").should().dependOnClassesThat(resideInAPackage("io.sagebench.loadgen..")).check(all);
    }

    @Test
    void controlPlaneSeesPoliciesAndEnginesThroughTheirInterfacesOnly() {
        noClasses().that()
                .resideInAPackage("io.sagebench.controlplane..")
                .should()
                .dependOnClassesThat(policyFamily().or(resideInAPackage("io.sagebench.engine.sim..")))
                .check(all);
    }

    @Test
    void policyFamiliesDoNotKnowEachOther() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return policyFamily().test(type)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "policy families";
                    }
                })
                .should()
                .notDependOnEachOther()
                .check(all);
    }

    @Test
    void modulesDependUpwardsOnly() {
        noClasses().that().resideInAPackage("io.sagebench.live..").should().dependOnClassesThat(resideInAnyPackage("io.sagebench.report..", "io.sagebench.benchmark..", "io.sagebench.cli..")).check(all);
        noClasses().that().resideInAPackage("io.sagebench.inference..").should().dependOnClassesThat(resideInAnyPackage("io.sagebench.live..", "io.sagebench.report..", "io.sagebench.benchmark..", "io.sagebench.cli..")).check(all);
        noClasses().that().resideInAnyPackage("io.sagebench.live..", "io.sagebench.report..").should().dependOnClassesThat(resideInAPackage("io.sagebench.inference..")).check(all);
        noClasses().that().resideInAPackage("io.sagebench.report..").should().dependOnClassesThat(resideInAnyPackage("io.sagebench.live..", "io.sagebench.benchmark..", "io.sagebench.cli..", "io.sagebench.controlplane..")).check(all);
        noClasses().that().resideInAPackage("io.sagebench.benchmark..").should().dependOnClassesThat(resideInAPackage("io.sagebench.cli..")).check(all);
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses().that()
                .resideOutsideOfPackages("io.sagebench.cli..", "io.sagebench.perf..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(all);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().that()
                .resideInAPackage("io.sagebench..")
                .and()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(org.jspecify.annotations.NullMarked.class)
                .check(all);
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(found -> assertThat(found.tryGetPackageInfo())
                        .describedAs("package-info of %s", found.getName())
                        .isPresent());
    }

    @Test
    void timeValuedLongsSayTheirUnit() {
        classes().that()
                .resideInAnyPackage(CORE)
                .should(new LongsThatSoundLikeTimeEndInNanos())
                .check(all);
    }

    private static DescribedPredicate<JavaClass> policyFamily() {
        return resideInAPackage("io.sagebench.policy.*..")
                .and(DescribedPredicate.not(resideInAnyPackage(POLICY_PARTS)))
                .as("policy families");
    }

    private static DescribedPredicate<JavaClass> assignableTo(Class<?> type) {
        return JavaClass.Predicates.assignableTo(type);
    }
}
