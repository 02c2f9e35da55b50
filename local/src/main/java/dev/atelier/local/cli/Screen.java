package dev.atelier.local.cli;

import dev.atelier.local.workstation.Resource;
import java.util.List;

/** Shows how resources come along. */
interface Screen {

  /** Shows the newest state of all resources. */
  void show(List<Resource> resources);

  /** Says something beside the progress. */
  void say(String line);

  /** A screen that redraws its lines where that is possible, and prints changes where not. */
  static Screen on(Console console) {
    return console.terminal().live() ? new LiveScreen(console) : new PlainScreen(console);
  }
}
