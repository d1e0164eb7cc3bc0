import java.awt.Color;
import java.awt.Font;
import java.io.File;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gephi.io.exporter.preview.SVGExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperties;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.preview.types.EdgeColor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/**
 * Opens a graph file and draws it with Gephi's own Preview, without any layout or other step:
 * this is the picture that the file brings along. Arguments: the file, the SVG to write (a PNG needs a screen).
 */
public final class Picture {
  public static void main(String[] arguments) throws Exception {
    find(ProjectController.class).newProject();
    ImportController importer = find(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]).getAbsoluteFile());
    importer.process(
        container, new DefaultProcessor(), find(ProjectController.class).getCurrentWorkspace());

    PreviewController preview = find(PreviewController.class);
    PreviewProperties properties = preview.getModel().getProperties();
    properties.putValue(PreviewProperty.SHOW_NODE_LABELS, Boolean.TRUE);
    properties.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, Boolean.TRUE);
    properties.putValue(PreviewProperty.NODE_LABEL_FONT, new Font("SansSerif", Font.PLAIN, 6));
    properties.putValue(PreviewProperty.NODE_BORDER_WIDTH, 0f);
    properties.putValue(PreviewProperty.EDGE_CURVED, Boolean.FALSE);
    properties.putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(EdgeColor.Mode.ORIGINAL));
    properties.putValue(PreviewProperty.EDGE_THICKNESS, 4f);
    properties.putValue(PreviewProperty.BACKGROUND_COLOR, Color.WHITE);
    preview.refreshPreview();

    SVGExporter exporter = new SVGExporter();
    exporter.setWorkspace(find(ProjectController.class).getCurrentWorkspace());
    try (Writer writer = Files.newBufferedWriter(Path.of(arguments[1]))) {
      exporter.setWriter(writer);
      exporter.execute();
    }
    System.exit(0);
  }

  private static <T> T find(Class<T> service) {
    return Lookup.getDefault().lookup(service);
  }
}
