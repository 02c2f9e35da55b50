package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What runs in place of a container's image. */
@FunctionalInterface
public interface PodCommand {
  /** The program and its arguments; {@code $(NAME)} in them is replaced from the environment. */
  List<String> argv(Container container);

  /**
   * A main class on this JVM's own {@code java}; the container's args follow, its image and command
   * are not used.
   */
  static PodCommand java(List<String> jvmOptions, String classPath, String mainClass) {
    String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return container -> {
      List<String> argv = new ArrayList<>();
      argv.add(program);
      argv.addAll(jvmOptions);
      argv.addAll(List.of("-cp", classPath, mainClass));
      argv.addAll(container.getArgs());
      return argv;
    };
  }
}
