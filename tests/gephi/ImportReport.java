import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/**
 * Opens a graph file as Gephi's File > Open does and prints, as one JSON object,
 * what the workspace then holds: every node and edge with its drawing and its cells.
 */
public final class ImportReport {
  public static void main(String[] arguments) throws Exception {
    find(ProjectController.class).newProject();
    ImportController importer = find(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]).getAbsoluteFile());
    boolean sound = container.verify();
    DefaultProcessor processor = new DefaultProcessor();
    importer.process(container, processor, find(ProjectController.class).getCurrentWorkspace());

    GraphModel model = find(GraphController.class).getGraphModel();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("sound", sound);
    found.put("issues", Stream.of(container.getReport(), processor.getReport())
        .filter(report -> report != null).flatMap(ImportReport::issues));
    found.put("node_columns", columns(model.getNodeTable()));
    found.put("edge_columns", columns(model.getEdgeTable()));
    Map<String, Integer> kinds = new TreeMap<>();
    for (Edge edge : model.getGraph().getEdges()) {
      kinds.merge(String.valueOf(edge.getTypeLabel()), 1, Integer::sum);
    }
    found.put("kinds", kinds);
    found.put("dynamic", model.isDynamic());
    if (model.isDynamic()) {
      found.put("time_format", model.getTimeFormat());
      found.put("time_zone", model.getTimeZone());
      found.put("bounds", bounds(model.getTimeBounds()));
    }
    found.put("nodes", stream(model.getGraph().getNodes()).map(ImportReport::node));
    found.put("edges", stream(model.getGraph().getEdges()).map(ImportReport::edge));
    byte[] json = json(found).getBytes(StandardCharsets.UTF_8);
    System.out.write(json, 0, json.length);
    System.out.flush();
    System.exit(0);
  }

  private static <T> T find(Class<T> service) {
    return Lookup.getDefault().lookup(service);
  }

  private static <T> Stream<T> stream(Iterable<T> items) {
    return StreamSupport.stream(items.spliterator(), false);
  }

  private static Stream<String> issues(Report report) {
    report.close();
    return report.getIssuesList(1000).stream().map(i -> i.getLevel() + " " + i.getMessage());
  }

  private static Map<String, String> columns(Table table) {
    Map<String, String> types = new LinkedHashMap<>();
    stream(table).filter(column -> !column.isProperty())
        .forEach(column -> types.put(column.getTitle(), column.getTypeClass().getSimpleName()));
    return types;
  }

  private static Map<String, Object> node(Node node) {
    Map<String, Object> found = described(node, node.getLabel());
    found.put("color", String.format("#%06x", node.getRGBA() & 0xffffff));
    found.put("size", node.size());
    found.put("x", node.x());
    found.put("y", node.y());
    return found;
  }

  private static Map<String, Object> edge(Edge edge) {
    Map<String, Object> found = described(edge, edge.getLabel());
    found.put("color", String.format("#%06x", edge.getRGBA() & 0xffffff));
    found.put("source", edge.getSource().getId());
    found.put("target", edge.getTarget().getId());
    found.put("kind", edge.getTypeLabel());
    found.put("weight", edge.getWeight());
    found.put("directed", edge.isDirected());
    return found;
  }

  private static Map<String, Object> described(Element element, String label) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("id", element.getId());
    found.put("label", label);
    Map<String, Object> cells = new LinkedHashMap<>();
    stream(element.getTable()).filter(column -> !column.isProperty())
        .filter(column -> element.getAttribute(column) != null)
        .forEach(column -> cells.put(column.getTitle(), element.getAttribute(column)));
    found.put("cells", cells);
    found.put("bounds", bounds(element.getTimeBounds()));
    return found;
  }

  /** Milliseconds from and to, without those that are infinite. */
  private static Stream<Double> bounds(Interval interval) {
    return interval == null ? Stream.empty()
        : Stream.of(interval.getLow(), interval.getHigh()).filter(Double::isFinite);
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().map(e -> json(e.getKey()) + ":" + json(e.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Stream<?> items) {
      return items.map(ImportReport::json).collect(Collectors.joining(",\n", "[", "]"));
    }
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return String.valueOf(value);
    }
    return value.toString().chars().mapToObj(ImportReport::escaped)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int unit) {
    boolean plain = unit >= ' ' && unit != '"' && unit != '\\';
    return plain ? String.valueOf((char) unit) : String.format("\\u%04x", unit);
  }
}
