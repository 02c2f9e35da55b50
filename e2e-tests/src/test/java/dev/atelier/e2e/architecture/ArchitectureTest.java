package dev.atelier.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What may know what. */
@AnalyzeClasses(packages = "dev.atelier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] API = {"dev.atelier.api..", "dev.atelier.stage.."};

  /** Decisions, statuses and manifests, with the classes that carry their rules. */
  private static final DescribedPredicate<JavaClass> PURE =
      DescribedPredicate.describe(
          "decide, tell or describe",
          type ->
              type.getPackageName().startsWith("dev.atelier.operator")
                  && type.getSimpleName()
                      .matches(
                          "\\w*(Decision|Rules|Runs|Status|StatusDraft|Manifests|Pods|Inputs|Erasure|Words|Results|State|JobsSeen|JobEnd|JobFailure|PodReport|Troubles)"));

  @ArchTest
  static final ArchRule theApiKnowsNobody =
      noClasses()
          .that()
          .resideInAnyPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.atelier.operator..",
              "dev.atelier.runtime..",
              "dev.atelier.local..",
              "io.fabric8.kubernetes.client.dsl..",
              "io.javaoperatorsdk..",
              "ai.djl..");

  @ArchTest
  static final ArchRule theOperatorKnowsNeitherRuntimeNorWorkstation =
      noClasses()
          .that()
          .resideInAPackage("dev.atelier.operator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.atelier.runtime..", "dev.atelier.local..", "ai.djl..");

  @ArchTest
  static final ArchRule theRuntimeKnowsNoKubernetes =
      noClasses()
          .that()
          .resideInAPackage("dev.atelier.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.atelier.operator..",
              "dev.atelier.local..",
              "io.fabric8..",
              "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule onlyTensorKnowsDjl =
      noClasses()
          .that()
          .resideInAPackage("dev.atelier..")
          .and()
          .resideOutsideOfPackage("dev.atelier.runtime.tensor..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("ai.djl..")
                  .and(not(resideInAPackage("ai.djl.huggingface.tokenizers.."))));

  @ArchTest
  static final ArchRule onlyTokenizersKnowTheirLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.atelier.runtime.tokenizer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.huggingface.tokenizers..");

  @ArchTest
  static final ArchRule whatDecidesTalksToNoServerAndReadsNoClock =
      noClasses()
          .that(PURE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
                  .and(not(equivalentTo(CustomResource.class))))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule thereAreDecisionsStatusesAndManifestsToCheck =
      classes()
          .that(PURE)
          .and()
          .haveSimpleNameEndingWith("Decision")
          .should()
          .resideInAPackage("dev.atelier.operator..");

  @ArchTest
  static final ArchRule packagesOfTheOperatorHaveNoCycles =
      slices().matching("dev.atelier.operator.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheRuntimeHaveNoCycles =
      slices().matching("dev.atelier.runtime.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfTheWorkstationHaveNoCycles =
      slices().matching("dev.atelier.local.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .because("waiting for a condition is awaiting it, and time comes from a Clock");

  @ArchTest
  static final ArchRule onlySettingsReadTheEnvironment =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Settings")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields()
          .that()
          .areStatic()
          .should()
          .haveModifier(FINAL)
          .andShould()
          .notHaveRawType(AtomicInteger.class)
          .andShould()
          .notHaveRawType(AtomicLong.class);
}
