package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.cli.view.Terminal;
import dev.atelier.local.cluster.ResourceAdmission;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** The command line with fakes behind it: what it prints, and its exit code. */
final class CommandLineHarness {

  static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

  private final Path here;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  final List<String> calls = FakePlatform.recorder();

  private Terminal terminal = Terminal.PLAIN;
  private Interrupts interrupts = Interrupts.none();
  private ResourceAdmission admission = ResourceAdmission.always();
  private Consumer<FakePlatform> script = platform -> {};

  CommandLineHarness(Path here) {
    this.here = here;
  }

  CommandLineHarness on(Terminal other) {
    terminal = other;
    return this;
  }

  CommandLineHarness interruptedBy(Interrupts other) {
    interrupts = other;
    return this;
  }

  CommandLineHarness admitting(ResourceAdmission other) {
    admission = other;
    return this;
  }

  /** What controllers do once they start. */
  CommandLineHarness controllers(Consumer<FakePlatform> other) {
    script = other;
    return this;
  }

  int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var console = new Console(new PrintWriter(out), new PrintWriter(err), terminal);
    var services =
        new Services(
            new CliSettings(terminal, here, here, false, false),
            console,
            ApiKinds::load,
            FakePlatform.opener(admission, script, calls),
            () -> interrupts,
            Clock.fixed(NOW, ZoneOffset.UTC));
    return Atelier.commandLine(services).execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** Leaves a resource as a run that ended would have. */
  void saved(String group, String plural, String name, String yaml) throws IOException {
    var scope = yaml.contains("namespace:") ? "default" : "_cluster";
    var file =
        here.resolve(".atelier/resources")
            .resolve(group)
            .resolve(plural)
            .resolve(scope)
            .resolve(name + ".yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
  }
}
