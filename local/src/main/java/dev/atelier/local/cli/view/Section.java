package dev.atelier.local.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Text in titled, indented parts; a part without lines is left out. */
final class Section {

  private final Terminal terminal;
  private final List<String> lines = new ArrayList<>();

  Section(Terminal terminal) {
    this.terminal = terminal;
  }

  Section line(String line) {
    lines.add(line);
    return this;
  }

  Section part(String title, TextTable table) {
    // Indented by four, so that much less is left of the width.
    var narrower = new Terminal(terminal.columns() - 4, terminal.live(), false, terminal.unicode());
    return part(title, table.wrapped(narrower));
  }

  Section part(String title, List<String> body) {
    if (!body.isEmpty()) {
      lines.add("  " + terminal.paint(Colour.QUIET, title));
      body.forEach(line -> lines.add("    " + line));
    }
    return this;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
