package dev.prosa.bench.jvm;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A program in the JVM that runs this one, with the same classes.
///
/// @param flags of that JVM
/// @param main the name of the class that has its `main`
public record JavaCommand(List<String> flags, String main) {

  public JavaCommand {
    flags = List.copyOf(flags);
  }

  /// The words of the command line.
  public List<String> words() {
    var java = ProcessHandle.current().info().command().orElse("java");
    var logging = "-Dlogback.configurationFile=logback.xml";
    return Stream.of(Stream.of(java), flags.stream(), Stream.of(logging, "-cp", classPath(), main))
        .flatMap(words -> words)
        .toList();
  }

  /// The class path of this JVM, absolute, since the program may run in another folder.
  public static String classPath() {
    return Arrays.stream(
            ManagementFactory.getRuntimeMXBean().getClassPath().split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// The program `jcmd` of the JDK that runs this one.
  public static String jcmd() {
    return Path.of(String.valueOf(System.getProperty("java.home")), "bin", "jcmd").toString();
  }
}
