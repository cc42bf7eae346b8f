package dev.prosa.local;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.prosa.local.Code.ALL;
import static dev.prosa.local.Code.MAIN;
import static dev.prosa.local.Code.ROOT;
import static dev.prosa.local.Code.TESTS;
import static dev.prosa.local.Code.callOf;
import static dev.prosa.local.Code.endingWith;
import static dev.prosa.local.Code.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules the compiler cannot keep; they read the class files of every module.
class ArchitectureTest {

  private static final int MOST_LINES = 500;
  private static final int USUAL_LINES = 300;

  /// They are servers that stand where a technology stands in production, not adapters to one.
  private static final DescribedPredicate<JavaClass> STAND_INS =
      resideInAnyPackage(ROOT + ".local.embedded..", ROOT + ".worker.offline..");

  @Test
  void packages_have_no_cycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "Sqs, software.amazon.awssdk.services.sqs..",
    "DynamoDb, software.amazon.awssdk.services.dynamodb..",
    "Ssm, software.amazon.awssdk.services.ssm..",
    "SecretsManager, software.amazon.awssdk.services.secretsmanager..",
    "Redis, redis.clients..",
    "Jwt, com.nimbusds..",
    "OpenAi, com.openai..",
    "WebSocket, org.java_websocket..",
    "Http, java.net.http..",
    "Http, com.sun.net.httpserver..",
  })
  void only_classes_named_after_a_technology_touch_it(String prefix, String packages) {
    noClasses()
        .that(not(named(prefix)).and(not(endingWith("Main"))).and(not(STAND_INS)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages)
        .check(MAIN);
  }

  @Test
  void public_types_are_contracts_or_entry_points_or_shipped_doubles() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .and(describe("are classes", c -> !c.isInterface() && !c.isRecord() && !c.isEnum()))
        .and()
        .areNotAssignableTo(Exception.class)
        .should()
        .haveNameMatching(".*(Main|Handler)")
        .orShould()
        .haveSimpleNameStartingWith("InMemory")
        .check(MAIN);
  }

  @Test
  void an_interface_exists_only_where_two_implementations_do() {
    classes().that(Code.port()).should(Code.haveTwoImplementations()).check(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "worker", "gateway"})
  void a_service_depends_on_core_only(String service) {
    var own = resideInAnyPackage(ROOT + "." + service + "..", ROOT + ".core..");
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + service + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(ROOT + "..").and(not(own)))
        .check(MAIN);
  }

  @Test
  void core_depends_on_nothing_of_ours() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ROOT + "..").and(not(resideInAnyPackage(ROOT + ".core.."))))
        .check(MAIN);
  }

  @Test
  void time_comes_from_the_clock_passed_in() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "java.time.*.now or Clock.system*",
                call ->
                    call.getTargetOwner().getPackageName().equals("java.time")
                        && (call.getName().equals("now")
                            || (call.getTargetOwner().isEquivalentTo(Clock.class)
                                && call.getName().startsWith("system")))))
        .orShould()
        .callMethodWhere(callOf(System.class, "currentTimeMillis"))
        .check(MAIN);
  }

  @Test
  void the_clock_is_chosen_where_the_parts_are_wired() {
    onlyIn(endingWith("Main"), callOf(InstantSource.class, "system"));
  }

  @Test
  void the_environment_is_read_by_settings() {
    onlyIn(endingWith("Settings"), callOf(System.class, "getenv"));
  }

  private static void onlyIn(
      DescribedPredicate<JavaClass> allowed, DescribedPredicate<JavaMethodCall> call) {
    noClasses().that(not(allowed)).should().callMethodWhere(call).check(MAIN);
  }

  @Test
  void only_what_speaks_to_a_person_prints() {
    noClasses()
        .that(not(endingWith("Main", "Console")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void tests_never_sleep() {
    noClasses()
        .should()
        .callMethodWhere(callOf(Thread.class, "sleep"))
        .orShould()
        .callMethodWhere(callOf(TimeUnit.class, "sleep"))
        .check(TESTS);
  }

  @Test
  void files_can_be_read_in_one_sitting() {
    var lines = SourceTree.lines();

    assertThat(lines).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(MOST_LINES));
    assertThat(ninetyFifth(List.copyOf(lines.values()))).isLessThanOrEqualTo(USUAL_LINES);
  }

  private static int ninetyFifth(List<Integer> counts) {
    return counts.stream().sorted().toList().get(counts.size() * 95 / 100);
  }
}
