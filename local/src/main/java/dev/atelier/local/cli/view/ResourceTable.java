package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Resources of one kind as kubectl's table. */
public final class ResourceTable {

  private final Terminal terminal;
  private final Instant now;

  public ResourceTable(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /**
   * The lines with a header.
   *
   * @param prefixed whether names carry the kind ({@code headshotmodel/ana}), as for several kinds
   */
  public List<String> of(ApiKind kind, List<Resource> resources, boolean prefixed) {
    var table = new TextTable();
    var header = new ArrayList<String>();
    header.add("NAME");
    kind.columns().forEach(column -> header.add(column.name().toUpperCase(Locale.ROOT)));
    table.row(header);
    for (var resource : resources) {
      var row = new ArrayList<String>();
      var prefix = prefixed ? kind.kind().toLowerCase(Locale.ROOT) + "/" : "";
      row.add(prefix + resource.name());
      kind.columns().forEach(column -> row.add(column.cell(resource, now)));
      table.row(row);
    }
    return table.lines(terminal);
  }
}
