import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.Entity;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.schema.ConstraintDefinition;

/**
 * Runs a Cypher script twice (nothing may come to be there twice) in a real Neo4j and prints, as
 * one JSON object, what the database then holds. Arguments: the script ("-" for none), the import
 * folder, a folder for the database.
 */
public final class RunScript {
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Path home = Path.of(arguments[2]);
    DatabaseManagementService service = new DatabaseManagementServiceBuilder(home)
        .setConfig(GraphDatabaseSettings.pagecache_memory, 64L << 20)
        .setConfig(GraphDatabaseSettings.load_csv_file_url_root, Path.of(arguments[1]).toAbsolutePath())
        .setConfig(GraphDatabaseSettings.csv_legacy_quote_escaping, false)
        .build();
    try {
      GraphDatabaseService database = service.database("neo4j");
      String script = arguments[0].equals("-") ? "" : Files.readString(Path.of(arguments[0]));
      for (int turn = 0; turn < 2; turn++) {
        for (String statement : script.split(";\n")) {
          if (!statement.isBlank()) {
            database.executeTransactionally(statement);
          }
        }
      }
      Map<String, Object> found = new LinkedHashMap<>();
      try (Transaction transaction = database.beginTx()) {
        found.put("nodes", transaction.getAllNodes().stream().map(RunScript::node).toList());
        found.put("edges", transaction.getAllRelationships().stream().map(RunScript::edge).toList());
        long count = 0;
        for (ConstraintDefinition constraint : transaction.schema().getConstraints()) {
          count++;
        }
        found.put("constraints", count);
      }
      out.write(json(found).getBytes(StandardCharsets.UTF_8));
      out.flush();
    } finally {
      service.shutdown();
    }
    System.exit(0);
  }

  private static Map<String, Object> node(Node node) {
    Map<String, Object> found = properties(node);
    found.put("type", node.getLabels().iterator().next().name());
    return found;
  }

  private static Map<String, Object> edge(Relationship edge) {
    Map<String, Object> found = properties(edge);
    found.put("type", edge.getType().name());
    found.put("source", edge.getStartNode().getProperty("id"));
    found.put("target", edge.getEndNode().getProperty("id"));
    return found;
  }

  private static Map<String, Object> properties(Entity entity) {
    return new LinkedHashMap<>(entity.getAllProperties());
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().map(e -> json(e.getKey()) + ":" + json(e.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Object[] items) {
      return json(List.of(items));
    }
    if (value instanceof List<?> items) {
      return items.stream().map(RunScript::json).collect(Collectors.joining(",\n", "[", "]"));
    }
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return String.valueOf(value);
    }
    return value.toString().chars().mapToObj(RunScript::escaped)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int unit) {
    boolean plain = unit >= ' ' && unit < 0x7f && unit != '"' && unit != '\\';
    return plain ? String.valueOf((char) unit) : String.format("\\u%04x", unit);
  }
}
