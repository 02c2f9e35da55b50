package dev.atelier.local.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code atelier} command: {@code ./atelier --help} says what it can do. */
@Command(
    name = "./atelier",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "From photos to a personal portrait model, on this machine or in a cluster.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "First contact:   ./atelier run samples/headshot",
      "More on one:     ./atelier COMMAND --help",
      "",
      "Exit code: 0 if it did what was asked, 1 if not, 2 for wrong arguments, 130 after Ctrl-C."
    })
public final class Atelier implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Atelier() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    var settings = CliSettings.fromProcess();
    var charset = settings.terminal().unicode() ? StandardCharsets.UTF_8 : Charset.defaultCharset();
    var console =
        new Console(writer(System.out, charset), writer(System.err, charset), settings.terminal());
    var services = Services.ofProcess(settings, console, Clock.systemUTC());
    System.exit(commandLine(services).execute(arguments));
  }

  /** The command line with every command, and errors that say what to do next. */
  static CommandLine commandLine(Services services) {
    var errors = new ErrorReport(services.console());
    var line =
        new CommandLine(new Atelier())
            .addSubcommand(new RunCommand(services))
            .addSubcommand(new GetCommand(services))
            .addSubcommand(new StatusCommand(services))
            .addSubcommand(new DescribeCommand(services))
            .addSubcommand(new LogsCommand(services))
            .addSubcommand(new DeleteCommand(services))
            .addSubcommand(new GalleryCommand(services))
            .addSubcommand(new RetrainCommand(services))
            .addSubcommand(new EstimateCommand(services))
            .addSubcommand(new DoctorCommand(services))
            .addSubcommand(new PhotosCommand(services))
            .addSubcommand(new VideosCommand(services))
            .addSubcommand(new ParityCommand(services))
            .addSubcommand(new BenchCommand(services))
            .addSubcommand(PretrainCommand.with(services))
            .addSubcommand(new VersionCommand(services))
            .addSubcommand(new HelpCommand())
            .setOut(services.console().out())
            .setErr(services.console().err())
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(Math.max(80, Math.min(100, services.console().terminal().columns())))
            .setExecutionExceptionHandler(errors)
            .setParameterExceptionHandler(errors);
    line.getSubcommands().values().forEach(Atelier::withHelp);
    if (services.settings().plugin()) {
      line.setCommandName("kubectl atelier");
    }
    return line;
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  static void withHelp(CommandLine command) {
    var spec = command.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.mixinStandardHelpOptions(true);
      spec.usageMessage().parameterListHeading("%n").optionListHeading("%nOptions:%n");
    }
    // The version is the whole command's, so that --version with a subcommand is no option.
    var version = spec.findOption("--version");
    if (version != null) {
      spec.remove(version);
    }
  }

  private static PrintWriter writer(PrintStream stream, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(stream, charset), false);
  }
}
