package dev.atelier.e2e;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What processes that a test starts find their classes by. */
final class TestClassPath {

  private TestClassPath() {}

  /** Surefire hides the class path of the tests in a manifest, and tells it in a property. */
  static String text() {
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
