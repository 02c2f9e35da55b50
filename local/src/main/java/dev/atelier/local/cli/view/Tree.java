package dev.atelier.local.cli.view;

import java.util.ArrayList;
import java.util.List;

/** A line with further lines that belong to it. */
record Tree(String line, List<Tree> branches) {

  Tree {
    branches = List.copyOf(branches);
  }

  static Tree leaf(String line) {
    return new Tree(line, List.of());
  }

  /** The lines with branches drawn before them. */
  List<String> lines(Terminal terminal) {
    var lines = new ArrayList<String>();
    lines.add(line);
    add(lines, "", terminal);
    return lines;
  }

  private void add(List<String> lines, String indent, Terminal terminal) {
    for (int i = 0; i < branches.size(); i++) {
      boolean last = i == branches.size() - 1;
      var branch = branches.get(i);
      lines.add(
          indent + terminal.glyph(last ? Glyph.LAST_BRANCH : Glyph.BRANCH) + " " + branch.line());
      branch.add(lines, indent + (last ? "   " : terminal.glyph(Glyph.STEM) + "  "), terminal);
    }
  }
}
