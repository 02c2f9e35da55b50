package dev.atelier.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Small classes, short methods, and names that say what a class is. */
class SourceShapeTest {

  private static final int CLASS_LINES = 300;
  private static final int METHOD_LINES = 40;
  private static final List<String> MODULES = List.of("crds", "operator", "runtime-image", "local");

  @Test
  void filesHaveAtMostThreeHundredLines() throws IOException {
    var tooLong = new ArrayList<String>();
    var files = new ArrayList<>(sources());
    files.addAll(tests());
    for (var file : files) {
      long lines = Files.readAllLines(file).size();
      if (lines > CLASS_LINES) {
        tooLong.add("%s: %d lines".formatted(file, lines));
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsHaveAtMostFortyLines() throws IOException {
    var files = sources();
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK is needed");
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  problem -> {},
                  List.of(),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      var trees = Trees.instance(task);
      var tooLong = new ArrayList<String>();
      for (var unit : task.parse()) {
        new LongMethods(unit, trees, tooLong).scan(unit, null);
      }
      assertThat(tooLong).isEmpty();
    }
  }

  @Test
  void noClassIsNamedAfterWhatItIsNot() throws IOException {
    assertThat(sources())
        .extracting(file -> file.getFileName().toString())
        .noneMatch(name -> name.matches(".*(Utils?|Helper|Manager|Impl)\\.java"));
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    for (var folder : sources().stream().map(Path::getParent).distinct().toList()) {
      assertThat(folder.resolve("package-info.java"))
          .content()
          .as("%s", folder)
          .contains("@NullMarked");
    }
  }

  private static List<Path> sources() throws IOException {
    return files("src/main/java", MODULES);
  }

  private static List<Path> tests() throws IOException {
    var modules = new ArrayList<>(MODULES);
    modules.add("e2e-tests");
    return files("src/test/java", modules);
  }

  private static List<Path> files(String folder, List<String> modules) throws IOException {
    var all = new ArrayList<Path>();
    for (var module : modules) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, folder))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    assertThat(all).hasSizeGreaterThan(100);
    return all;
  }

  /** Collects methods whose signature and body take too many lines. */
  private static final class LongMethods extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<String> found;

    LongMethods(CompilationUnitTree unit, Trees trees, List<String> found) {
      this.unit = unit;
      this.trees = trees;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (method.getBody() != null) {
        var positions = trees.getSourcePositions();
        var lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
        long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
        if (last - first + 1 > METHOD_LINES) {
          found.add(
              "%s %s: %d lines"
                  .formatted(unit.getSourceFile().getName(), method.getName(), last - first + 1));
        }
      }
      return super.visitMethod(method, nothing);
    }
  }
}
