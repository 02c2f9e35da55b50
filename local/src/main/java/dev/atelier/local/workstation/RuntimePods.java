package dev.atelier.local.workstation;

import dev.atelier.local.node.PodCommand;
import dev.atelier.runtime.Main;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What pods of the runtime image run on a workstation: its main class on this JVM's class path. */
public final class RuntimePods {

  /**
   * Weights and activations live outside of the heap, photos and pictures in it. A stage lives for
   * seconds to minutes and computes outside of Java, so the plain collector is enough.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx2g",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "-Djava.awt.headless=true",
          // Native libraries are unpacked there, and go with the pod however it ends.
          "-Djava.io.tmpdir=$(ATELIER_ROOT)/tmp");

  private RuntimePods() {}

  /** The runtime of this process's class path. */
  public static PodCommand ofThisProcess() {
    return PodCommand.java(
        OPTIONS, absolute(System.getProperty("java.class.path")), Main.class.getName());
  }

  /** A pod does not start in this process's folder. */
  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
