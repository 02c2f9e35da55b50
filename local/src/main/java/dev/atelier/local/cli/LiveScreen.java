package dev.atelier.local.cli;

import dev.atelier.local.cli.view.StageLine;
import dev.atelier.local.workstation.Resource;
import java.util.List;

/** Redraws one line per resource in place. */
final class LiveScreen implements Screen {

  // ECMA-48: cursor up n lines; erase to the end of the line.
  private static final String UP = "\u001b[%dA";
  private static final String ERASE = "\u001b[K";

  private final Console console;
  private List<String> shown = List.of();

  LiveScreen(Console console) {
    this.console = console;
  }

  @Override
  public void show(List<Resource> resources) {
    int width = resources.stream().mapToInt(r -> r.name().length()).max().orElse(0);
    var line = new StageLine(console.terminal(), width);
    var lines = resources.stream().map(line::of).toList();
    if (!lines.equals(shown)) {
      draw(lines);
    }
  }

  @Override
  public void say(String text) {
    var lines = shown;
    up();
    console.out().print(text + ERASE + "\n");
    shown = List.of();
    draw(lines);
  }

  private void draw(List<String> lines) {
    up();
    lines.forEach(line -> console.out().print(line + ERASE + "\n"));
    console.out().flush();
    shown = lines;
  }

  private void up() {
    if (!shown.isEmpty()) {
      console.out().print(UP.formatted(shown.size()));
    }
  }
}
