package dev.prosa.local;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// The classes of all modules, and the words in which [ArchitectureTest] speaks about them.
final class Code {

  static final String ROOT = "dev.prosa";

  /// The tests of other modules are on no class path here, so they are read where they were
  /// compiled.
  static final JavaClasses ALL = read();

  static final JavaClasses MAIN = ALL.that(not(compiledWithTests()));

  static final JavaClasses TESTS = ALL.that(compiledWithTests());

  private Code() {}

  private static JavaClasses read() {
    var locations = new HashSet<>(Locations.ofPackage(ROOT));
    SourceTree.compiledTests().forEach(path -> locations.add(Location.of(path)));
    return new ClassFileImporter().importLocations(locations);
  }

  /// Where they were compiled, or in the jar that other modules get them in.
  private static DescribedPredicate<JavaClass> compiledWithTests() {
    var places = Pattern.compile("/target/test-classes/|-tests\\.jar!");
    return describe(
        "compiled with the tests",
        c -> places.matcher(c.getSource().orElseThrow().getUri().toString()).find());
  }

  /// Nested classes belong to the class around them.
  private static JavaClass outermost(JavaClass c) {
    return c.getEnclosingClass().map(Code::outermost).orElse(c);
  }

  static DescribedPredicate<JavaClass> named(String prefix) {
    return describe("named " + prefix + "*", c -> outermost(c).getSimpleName().startsWith(prefix));
  }

  static DescribedPredicate<JavaClass> endingWith(String... suffixes) {
    return describe(
        "ending with " + String.join(" or ", suffixes),
        c -> List.of(suffixes).stream().anyMatch(outermost(c).getSimpleName()::endsWith));
  }

  static DescribedPredicate<JavaMethodCall> callOf(Class<?> owner, String method) {
    return describe(
        owner.getSimpleName() + "." + method,
        call -> call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(method));
  }

  /// Interfaces that anybody may implement and nobody writes as a lambda.
  static DescribedPredicate<JavaClass> port() {
    return describe(
        "interfaces of the product that are neither sealed nor functional",
        c ->
            c.isInterface()
                && !c.isAnnotation()
                && !c.getSimpleName().equals("package-info")
                && MAIN.contain(c.getName())
                && !c.isAnnotatedWith(FunctionalInterface.class)
                && !c.reflect().isSealed());
  }

  static ArchCondition<JavaClass> haveTwoImplementations() {
    return new ArchCondition<>("have two implementations, test doubles included") {
      @Override
      public void check(JavaClass port, ConditionEvents events) {
        var found = port.getAllSubclasses().size();
        if (found < 2) {
          events.add(
              SimpleConditionEvent.violated(
                  port, port.getName() + " has " + found + " implementation(s)"));
        }
      }
    };
  }
}
