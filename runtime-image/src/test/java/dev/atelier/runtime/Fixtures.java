package dev.atelier.runtime;

import java.nio.file.Path;

/** Where the reference cases lie. */
public final class Fixtures {
  private Fixtures() {}

  /** The sources, not their copy in target: a case names the model beside it by a relative path. */
  public static Path folder(String name) {
    return Path.of("src/test/resources/fixtures", name).toAbsolutePath();
  }
}
