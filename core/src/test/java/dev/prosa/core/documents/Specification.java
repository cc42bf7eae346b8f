package dev.prosa.core.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.TraverserDirection;
import io.apicurio.datamodels.models.Node;
import io.apicurio.datamodels.models.visitors.AllNodeVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The rules of OpenAPI 3.1 and AsyncAPI 3.0, as the data models of Apicurio know them.
final class Specification extends AllNodeVisitor {

  /// Words of JSON Schema that the models do not know.
  private static final Set<String> OF_SCHEMAS = Set.of("if", "then", "else");

  private final List<String> unknown = new ArrayList<>();

  private Specification() {}

  /// What is wrong with a document; empty when it keeps to its specification.
  static List<String> breaches(JsonNode root) {
    var document = Library.readDocumentFromJSONString(root.toString());
    var words = new Specification();
    Library.visitTree(document, words, TraverserDirection.down);
    var breaches = new ArrayList<>(words.unknown);
    Library.validate(document, null).stream()
        .map(problem -> problem.nodePath + ": " + problem.message)
        .filter(
            breach -> OF_SCHEMAS.stream().noneMatch(word -> breach.contains("\"" + word + "\"")))
        .forEach(breaches::add);
    return breaches;
  }

  @Override
  protected void visitNode(Node node) {
    var words = node.getExtraPropertyNames();
    if (words != null) {
      words.stream()
          .filter(word -> !OF_SCHEMAS.contains(word))
          .forEach(word -> unknown.add(word + " in " + node.getClass().getSimpleName()));
    }
  }
}
