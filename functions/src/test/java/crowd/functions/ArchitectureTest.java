package crowd.functions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import crowd.core.store.Key;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.table.TableKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("crowd.core", "crowd.aws", "crowd.functions");

  @Test
  void core_knowsThePlatformAndTheJsonParserOnly() {
    classes()
        .that()
        .resideInAPackage("crowd.core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "crowd.core..",
                "java.lang..",
                "java.util..",
                "java.time..",
                "java.math..",
                "java.text..",
                "java.io..",
                "java.nio",
                "java.nio.charset..",
                "java.security..",
                "javax.crypto..",
                "com.fasterxml.jackson.core..",
                "org.jspecify.annotations.."))
        .check(CLASSES);
  }

  @Test
  void core_doesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage("crowd.core..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.io..")
                .and(
                    not(
                        equivalentTo(java.io.IOException.class)
                            .or(equivalentTo(java.io.UncheckedIOException.class))
                            .or(equivalentTo(java.io.Serializable.class)))))
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void core_isToldTheTimeAndStartsNoThread() {
    noClasses()
        .that()
        .resideInAPackage("crowd.core..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat(
            equivalentTo(Thread.class).or(resideInAPackage("java.util.concurrent")))
        .check(CLASSES);
  }

  @Test
  void chance_comesFromFewPlaces() {
    noClasses()
        .that()
        .resideInAPackage("crowd.core..")
        .and()
        .doNotHaveFullyQualifiedName("crowd.core.message.RandomIds")
        .should()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat(equivalentTo(Random.class))
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("crowd.core.website")
        .should()
        .dependOnClassesThat(equivalentTo(SecureRandom.class))
        .check(CLASSES);
  }

  @Test
  void adapters_knowTheCoreAndNotTheFunctions() {
    noClasses()
        .that()
        .resideInAPackage("crowd.aws..")
        .should()
        .dependOnClassesThat(resideInAPackage("crowd.functions.."))
        .check(CLASSES);
  }

  @Test
  void wiring_aloneNamesTheAdapters() {
    noClasses()
        .that()
        .resideInAPackage("crowd.functions..")
        .and()
        .areNotAssignableTo(Wiring.class)
        .should()
        .dependOnClassesThat(resideInAnyPackage("crowd.aws..", "software.amazon.."))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("crowd.functions..")
        .and()
        .areNotAssignableTo(Rehearsal.class)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("crowd.core.store.memory..", "crowd.core.stream.memory.."))
        .check(CLASSES);
  }

  @Test
  void handlers_knowTheEdgeAndNotEachOther() {
    SlicesRuleDefinition.slices()
        .matching("crowd.functions.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            resideInAPackage("crowd.functions.."), resideInAPackage("crowd.functions.http"))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("crowd.functions.http..")
        .should()
        .dependOnClassesThat(equivalentTo(Wiring.class))
        .check(CLASSES);
  }

  @Test
  void config_aloneReadsTheEnvironment() {
    noClasses()
        .that()
        .areNotAssignableTo(Config.class)
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .check(CLASSES);
  }

  @Test
  void tableKeys_aloneMakesKeys() {
    noClasses()
        .that()
        .areNotAssignableTo(TableKeys.class)
        .and()
        .areNotAssignableTo(InMemoryStore.class)
        .and()
        .resideOutsideOfPackage("crowd.aws..")
        .should()
        .callConstructor(Key.class, String.class, String.class)
        .check(CLASSES);
  }
}
