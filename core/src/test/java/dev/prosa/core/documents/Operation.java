package dev.prosa.core.documents;

import java.util.regex.Pattern;

/// One method of one path.
///
/// @param method in upper case
/// @param template a path whose variables stand in braces: `/v1/jobs/{jobId}`
public record Operation(String method, String template) implements Comparable<Operation> {

  boolean matches(String otherMethod, String path) {
    return method.equals(otherMethod)
        && Pattern.matches(template.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"), path);
  }

  boolean hasVariables() {
    return template.contains("{");
  }

  @Override
  public int compareTo(Operation other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return method + " " + template;
  }
}
